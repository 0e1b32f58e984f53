import { setTheme } from "./state/actions.ts";
import { type Theme, useView } from "./state/view.ts";

const KEY = "sentei.theme";

/** Shows the theme that was chosen on this browser, and keeps every later choice. */
export function followTheme(): void {
  const chosen = localStorage.getItem(KEY);
  if (chosen === "light" || chosen === "dark") setTheme(chosen);
  show(useView.getState().theme);
  useView.subscribe(({ theme }, before) => {
    if (theme === before.theme) return;
    show(theme);
    localStorage.setItem(KEY, theme);
  });
}

function show(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
}
