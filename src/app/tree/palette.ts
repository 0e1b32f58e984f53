import type { Theme } from "../state/view.ts";

/** What the canvases paint with, in one theme; the same colours as `theme.css`. */
export interface Palette {
  readonly paper: string;
  /** Of cards. */
  readonly raised: string;
  readonly ink: string;
  readonly softInk: string;
  readonly hair: string;
  readonly accent: string;
  readonly right: string;
  readonly wrong: string;
  /** Rings around what a search has found: at least 3:1 against the paper. */
  readonly hit: string;
  /** Outline of marks: at least 3:1 against the paper, whatever their fill. */
  readonly outline: string;
  /** Edges to nodes that are in the running, and to those that are out of it. */
  readonly edge: string;
  readonly keptEdge: string;
  readonly prunedEdge: string;
  /** Under the selected path. */
  readonly halo: string;
}

const LIGHT: Palette = {
  paper: "#fbfaf7",
  raised: "#ffffff",
  ink: "#1c1b1a",
  softInk: "#5d5952",
  hair: "rgb(28 27 26 / 0.12)",
  accent: "#3b4cca",
  right: "#1c6b41",
  wrong: "#b3261e",
  hit: "#a05c00",
  outline: "#57534c",
  edge: "rgb(28 27 26 / 0.34)",
  keptEdge: "rgb(28 27 26 / 0.62)",
  prunedEdge: "rgb(28 27 26 / 0.26)",
  halo: "rgb(59 76 202 / 0.2)",
};

const DARK: Palette = {
  paper: "#121417",
  raised: "#1b1e22",
  ink: "#e8e6e1",
  softInk: "#a5a39c",
  hair: "rgb(232 230 225 / 0.14)",
  accent: "#8ea2ff",
  right: "#6fcd97",
  wrong: "#ff8f85",
  hit: "#ffb73d",
  outline: "#9a9892",
  edge: "rgb(232 230 225 / 0.34)",
  keptEdge: "rgb(232 230 225 / 0.62)",
  prunedEdge: "rgb(232 230 225 / 0.28)",
  halo: "rgb(142 162 255 / 0.28)",
};

/** The palette of a theme; `prefersDark` decides for "system". */
export function paletteOf(theme: Theme, prefersDark: boolean): Palette {
  const isDark = theme === "system" ? prefersDark : theme === "dark";
  return isDark ? DARK : LIGHT;
}

/** Fonts of the canvases, as CSS `font`; the families are those of `theme.css`. */
const SANS = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';
const MONO =
  'ui-monospace, "SF Mono", "Cascadia Mono", "Roboto Mono", "DejaVu Sans Mono", monospace';

export const FONTS = {
  step: `12px ${MONO}`,
  /** Text with formulas, on cards. */
  prose: `13px ${SANS}`,
  score: `11px ${SANS}`,
  drop: `700 11.5px ${SANS}`,
  note: `10.5px ${SANS}`,
  header: `600 11px ${SANS}`,
  headerLine: `11px ${SANS}`,
} as const;
