const PATHS = {
  play: "M5 3.5v9l7.5-4.5z",
  pause: "M5.5 3.5v9M10.5 3.5v9",
  prevEvent: "M10 4 6 8l4 4",
  nextEvent: "M6 4l4 4-4 4",
  prevRound: "M12 4 8 8l4 4M4.5 4v8",
  nextRound: "M4 4l4 4-4 4M11.5 4v8",
  range: "M4 3v10M12 3v10M6.5 8h3M6.5 8l1.2-1.2M6.5 8l1.2 1.2M9.5 8 8.3 6.8M9.5 8 8.3 9.2",
  stop: "M4 4h8v8H4z",
  fit: "M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3",
  follow: "M8 2v2.5M8 11.5V14M2 8h2.5M11.5 8H14M8 5.8a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4z",
  dice: "M3 4.5A1.5 1.5 0 0 1 4.5 3h7A1.5 1.5 0 0 1 13 4.5v7a1.5 1.5 0 0 1-1.5 1.5h-7A1.5 1.5 0 0 1 3 11.5zM6 6h.01M10 10h.01M8 8h.01M10 6h.01M6 10h.01",
  check: "M3 8.5 6.5 12 13 4.5",
  cross: "M4 4l8 8M12 4l-8 8",
  link: "M6.5 9.5l3-3M7 5l1.6-1.6a2.6 2.6 0 0 1 3.7 3.7L10.7 8.7M9 11l-1.6 1.6a2.6 2.6 0 0 1-3.7-3.7L5.3 7.3",
  copy: "M6 6V3.5h6.5V10H10M3.5 6H10v6.5H3.5z",
  sun: "M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6zM8 1.5v1M8 13.5v1M1.5 8h1M13.5 8h1M3.4 3.4l.7.7M11.9 11.9l.7.7M3.4 12.6l.7-.7M11.9 4.1l.7-.7",
  moon: "M13 9.5A5.5 5.5 0 0 1 6.5 3a5.5 5.5 0 1 0 6.5 6.5z",
  system: "M2.5 3.5h11v7.5h-11zM6 13.5h4M8 11v2.5",
  command: "M3 4.5 6.5 8 3 11.5M8 12h5",
  search: "M7 3a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM10 10l3.5 3.5",
  filter: "M2.5 3.5h11L9.5 8.5v4l-3-1.5V8.5z",
  up: "M4 10l4-4 4 4",
  down: "M4 6l4 4 4-4",
  flag: "M4.5 14V2.5M4.5 3h8l-2.5 3 2.5 3h-8",
  adjust: "M2.5 5h6M11.5 5h2M2.5 11h2M7.5 11h6M10 3.4v3.2M6 9.4v3.2",
  deadEnd: "M8 13V5M4 5h8",
  save: "M8 2.5v7M5 7l3 3 3-3M3 12.5h10",
  language:
    "M2 4h7M5.5 2.5V4M3 9c2.5-1 4-2.8 4.4-5M4 5.5c.8 1.7 2 2.8 3.8 3.5M8.2 13.5l2.8-7 2.8 7M9.1 11.3h3.8",
  mirror: "M8 2v12M6 4.5 2.5 11.5H6zM10 4.5l3.5 7H10z",
  warn: "M8 3 2.5 13h11zM8 7v2.5M8 11.3v.01",
} as const;

export type IconName = keyof typeof PATHS;

/** A 16 px line drawing. It is decoration: whatever holds it has a name of its own. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="glyph" viewBox="0 0 16 16" aria-hidden="true" data-icon={name}>
      <path d={PATHS[name]} />
    </svg>
  );
}
