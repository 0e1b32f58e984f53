import { create } from "zustand";

/** Languages of the interface, each by its own name. */
export const LANGUAGES = { en: "English", ja: "日本語" } as const;
export type Language = keyof typeof LANGUAGES;

/** The texts of a language, by the English ones. */
export type Catalogue = Readonly<Record<string, string>>;

interface Spoken {
  readonly language: Language;
  /** `null` for English, which stands in the code. */
  readonly catalogue: Catalogue | null;
}

/** The language that is shown. Set only together with its texts. */
export const useLanguage = create<Spoken>(() => ({ language: "en", catalogue: null }));

const KEY = "sentei.language";

/**
 * The language to begin with: the one that was chosen on this browser, or else the
 * first of the browser's own that there is; English if there is none.
 */
export function preferredLanguage(stored: string | null, preferred: readonly string[]): Language {
  if (isLanguage(stored)) return stored;
  return preferred.map((tag) => tag.split("-")[0]!.toLowerCase()).find(isLanguage) ?? "en";
}

/** Shows the language to begin with; resolves when its texts are there, or cannot be fetched. */
export async function startLanguage(): Promise<void> {
  const language = preferredLanguage(localStorage.getItem(KEY), navigator.languages);
  // English is better than nothing; who wants the other can ask for it again.
  if (language !== "en") await speak(language).catch(() => null);
}

/** Changes the language now and for later visits. Rejects, and changes nothing, if its texts cannot be fetched. */
export async function chooseLanguage(language: Language): Promise<void> {
  await speak(language);
  localStorage.setItem(KEY, language);
}

async function speak(language: Language): Promise<void> {
  const catalogue = language === "en" ? null : (await import("./ja/catalogue.ts")).JAPANESE;
  useLanguage.setState({ language, catalogue });
  document.documentElement.lang = language;
}

function isLanguage(tag: string | null | undefined): tag is Language {
  return tag !== null && tag !== undefined && Object.hasOwn(LANGUAGES, tag);
}
