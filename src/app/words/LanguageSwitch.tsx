import { useMutation } from "@tanstack/react-query";
import { Icon } from "../panels/Icon.tsx";
import { chooseLanguage, LANGUAGES, type Language, useLanguage } from "./language.ts";

/** Chooses the language; each is named in itself, and by a word that the other's readers find. */
export function LanguageSwitch() {
  const language = useLanguage((spoken) => spoken.language);
  const choosing = useMutation({ mutationFn: chooseLanguage });
  return (
    <span className="language-switch">
      <Icon name="language" />
      <select
        aria-label="Language, 言語"
        title="Language, 言語"
        value={language}
        disabled={choosing.isPending}
        onChange={({ currentTarget }) => choosing.mutate(currentTarget.value as Language)}
      >
        {Object.entries(LANGUAGES).map(([tag, name]) => (
          <option key={tag} value={tag} lang={tag}>
            {name}
          </option>
        ))}
      </select>
    </span>
  );
}
