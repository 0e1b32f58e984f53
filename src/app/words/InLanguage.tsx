import { Fragment, type ReactNode } from "react";
import { useLanguage } from "./language.ts";

/** Shows everything anew when the language changes. */
export function InLanguage({ children }: { readonly children: ReactNode }) {
  const language = useLanguage((spoken) => spoken.language);
  return <Fragment key={language}>{children}</Fragment>;
}
