import { msg } from "../../../lib/said.ts";
import { setTheme } from "../../state/actions.ts";
import { type Theme, useView } from "../../state/view.ts";
import { t } from "../../words/t.ts";
import { Icon } from "../Icon.tsx";

const NEXT: Record<Theme, Theme> = { system: "light", light: "dark", dark: "system" };
const ICONS = { system: "system", light: "sun", dark: "moon" } as const;
const WORDS = {
  system: msg("Colours: as the system. Press for light."),
  light: msg("Colours: light. Press for dark."),
  dark: msg("Colours: dark. Press for those of the system."),
} as const;

/** Light, dark, or what the system says. */
export function ThemeSwitch() {
  const theme = useView((view) => view.theme);
  const words = t(WORDS[theme]);
  return (
    <button
      type="button"
      className="icon"
      aria-label={words}
      title={words}
      onClick={() => setTheme(NEXT[theme])}
    >
      <Icon name={ICONS[theme]} />
    </button>
  );
}
