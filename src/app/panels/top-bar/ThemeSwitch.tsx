import { setTheme } from "../../state/actions.ts";
import { type Theme, useView } from "../../state/view.ts";
import { Icon } from "../Icon.tsx";

const NEXT: Record<Theme, Theme> = { system: "light", light: "dark", dark: "system" };
const ICONS = { system: "system", light: "sun", dark: "moon" } as const;
const WORDS: Record<Theme, string> = {
  system: "as the system",
  light: "light",
  dark: "dark",
};

/** Light, dark, or what the system says. */
export function ThemeSwitch() {
  const theme = useView((view) => view.theme);
  const words = `Colours: ${WORDS[theme]}`;
  return (
    <button
      type="button"
      className="icon"
      aria-label={words}
      title={`${words}. Press for ${WORDS[NEXT[theme]]}.`}
      onClick={() => setTheme(NEXT[theme])}
    >
      <Icon name={ICONS[theme]} />
    </button>
  );
}
