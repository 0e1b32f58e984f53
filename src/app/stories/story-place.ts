import { msg } from "../../lib/said.ts";
/** The stories that are shipped, in the order of a first visit. The name is that of a file in `public/stories`. */
export const STORIES = [
  { name: "prm", title: msg("What a PRM does") },
  { name: "beam", title: msg("Best-of-N against beam") },
  { name: "over", title: msg("When search over-optimises") },
  { name: "rl", title: msg("Before and after reinforcement") },
] as const;

export type StoryName = (typeof STORIES)[number]["name"];

/** Where in which story one is. */
export interface StoryPlace {
  readonly name: StoryName;
  /** From 0 on. */
  readonly page: number;
}

/** Reads what a link says, `prm.2` for the second page; `null` for what is none. */
export function parseStoryPlace(text: string | null): StoryPlace | null {
  const [, name, page] = /^([a-z]+)\.([1-9]\d?)$/.exec(text ?? "") ?? [];
  const story = STORIES.find((known) => known.name === name);
  return story === undefined ? null : { name: story.name, page: Number(page) - 1 };
}

export function formatStoryPlace(place: StoryPlace | null): string | null {
  return place === null ? null : `${place.name}.${place.page + 1}`;
}
