import type { DrawingContext } from "./drawing-context.ts";
import { FONTS } from "./palette.ts";

/** Width of a character of a step, CSS px: all of them, because the font is monospaced. Until it is measured, that of the font most likely to be there. */
let character = 7.23;

/** Measures the font in which the page writes steps; call it before anything is laid out. */
export function measureCharacter(ctx: DrawingContext): void {
  const sample = "0".repeat(100);
  ctx.font = FONTS.step;
  character = ctx.measureText(sample).width / sample.length;
}

export function characterWidth(): number {
  return character;
}

/** From a mark to its label, CSS px. */
const GAP = 7;
/** Behind a label, before its edges begin, CSS px. */
export const BEHIND = 6;
/** A score and the gap before it, CSS px. */
const SCORE_ROOM = 31;
/** Gap between step and score, CSS px. */
export const SCORE_GAP = 6;
/** Room at the end of a column in which edges part. */
const BRANCH = { least: 22, most: 44, share: 0.2 };
/** Radius that widths are reckoned with. */
const RADIUS = 6;
/** Least part of a step that is worth showing. */
const LEAST_CHARACTERS = 4;
/** Narrowest column with labels, CSS px. */
const LABEL_COLUMN = 58;
/** Lowest rows with a label on some nodes, on all, and with a second line, CSS px. */
const ROWS = { some: 5.9, all: 12.5, two: 30 };

/** Which nodes have labels when rows are so high. */
export function labelDensity(row: number): "none" | "some" | "all" {
  if (row >= ROWS.all) return "all";
  return row >= ROWS.some ? "some" : "none";
}

/** Least distance of two labels above each other, CSS px. */
export const LABEL_HEIGHT = ROWS.all;

/** Width of a column in which steps of so many characters fit whole, at scale 1. */
export function naturalWidth(characters: number): number {
  const label = RADIUS + GAP + characters * character + BEHIND + 1;
  return label + parting(label / (1 - BRANCH.share));
}

/** What of a column's width is for edges to the next alone, at least. */
export const LEAST_BRANCH = BRANCH.least;

/** Room for labels in one column. Distances from the mark's middle, CSS px. */
export interface LabelRoom {
  readonly start: number;
  /** Where edges to the next column part, and labels end at the latest. */
  readonly branch: number;
  /** Characters of a step for which there is room; 0: none are shown. */
  readonly characters: number;
  /** Characters of a step that is shown whole, without free room behind it. */
  readonly whole: number;
  readonly scores: boolean;
  /** Scores and reasons go below the step. */
  readonly twoLines: boolean;
}

/** The room in a column that is `width` px wide, between rows that are `row` px apart. */
export function labelRoom(width: number, row: number, radius: number): LabelRoom {
  const start = radius + GAP;
  const isLabelled = labelDensity(row) !== "none" && width >= LABEL_COLUMN;
  const branch = branchDistance(width);
  const fitting = (room: number) => Math.max(Math.floor(room / character), 0);
  const characters = isLabelled ? fitting(branch - start - BEHIND) : 0;
  return {
    start,
    branch,
    characters,
    whole: isLabelled ? fitting(branch - start) : 0,
    scores: isLabelled,
    twoLines: row >= ROWS.two && characters >= LEAST_CHARACTERS,
  };
}

/** Labelled columns keep most of their width for text; narrow ones have edges all the way. */
function branchDistance(width: number): number {
  const share = Math.min(Math.max((width - 32) / (LABEL_COLUMN - 32), 0), 1);
  return (width - parting(width)) * share * share * (3 - 2 * share);
}

/** Width in which the edges of a column part. */
function parting(width: number): number {
  return Math.min(Math.max(width * BRANCH.share, BRANCH.least), BRANCH.most);
}

/** How many characters of a step of this length are shown: all, as many as there is room for, or none. */
export function shownCharacters(length: number, { characters, whole }: LabelRoom): number {
  if (length <= whole) return length;
  return characters < LEAST_CHARACTERS ? 0 : characters;
}

/** Whether the score fits behind the step. */
export function hasScoreBehind(length: number, room: LabelRoom): boolean {
  if (!room.scores || room.twoLines) return false;
  const end = stepEnd(length, room);
  return end + scoreWidth(length, room) <= room.branch - BEHIND + 1;
}

/** Where the step ends, px from the mark's middle. */
export function stepEnd(length: number, room: LabelRoom): number {
  return room.start + shownCharacters(length, room) * character;
}

/** Where the first line of a label ends, px from the mark's middle. */
export function lineEnd(length: number, room: LabelRoom, isScored: boolean): number {
  const end = stepEnd(length, room);
  return isScored && hasScoreBehind(length, room) ? end + scoreWidth(length, room) : end;
}

/** Width of the score with the gap before it; without a step there is no gap. */
function scoreWidth(length: number, room: LabelRoom): number {
  return shownCharacters(length, room) === 0 ? SCORE_ROOM - SCORE_GAP : SCORE_ROOM;
}
