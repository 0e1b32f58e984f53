import { msg } from "../../../lib/said.ts";
import { COMMAND_GROUPS, type CommandId } from "../../commands.ts";
import { revealControls } from "../../plain-text.ts";
import { isThere, runCommand } from "../../run-command.ts";
import { openRun, revealNode, seek } from "../../state/actions.ts";
import { PLACE_TITLES, PLACES } from "../../state/places.ts";
import type { View } from "../../state/view.ts";
import { contextText } from "../../token-text.ts";
import { t } from "../../words/t.ts";
import { goTo, showSide, showTab } from "../page.ts";
import { SIDE } from "../side/side-tabs.ts";
import { jumpsOf } from "./jumps.ts";
import { matchScore } from "./match.ts";
import { recentCommands, rememberCommand } from "./recent.ts";

/** One line of the palette. */
export interface Entry {
  readonly key: string;
  readonly group: string;
  readonly title: string;
  /** The group and the title in English, by which it is found whatever is shown. */
  readonly english?: string;
  /** What somebody else wrote, shown after the title. */
  readonly quote?: string;
  /** Chords, as `COMMANDS` has them. */
  readonly keys: readonly string[];
  readonly run: () => void;
}

/** A run whose problem contains the query. */
interface FoundRun {
  readonly id: string;
  readonly problem: { readonly text: string };
}

/** What answers a query so much worse than the best is left out. */
const WORST = 0.25;

/** What the palette lists for a query, best first: places by their number, commands, tabs, runs. */
export function entriesFor(query: string, view: View, runs: readonly FoundRun[]): Entry[] {
  if (query.trim() === "") return recentFirst(view);
  const matches = [...commandEntries(view), ...tabEntries(view), ...placeEntries()]
    .map((entry) => ({ entry, score: scoreOf(entry, query) }))
    .filter(({ score }) => score >= 0)
    .sort((a, b) => b.score - a.score);
  const worst = (matches[0]?.score ?? 0) * WORST;
  const scored = matches.filter(({ score }) => score >= worst).map(({ entry }) => entry);
  return [...jumpEntries(query, view), ...scored, ...runs.map(runEntry)];
}

/** How well an entry answers a query, by what is shown or by its English names; -1: not at all. */
function scoreOf({ group, title, english = "" }: Entry, query: string): number {
  return Math.max(matchScore(query, `${group} ${title}`) ?? -1, matchScore(query, english) ?? -1);
}

/** What an entry is called. */
function names(group: string, title: string): Pick<Entry, "group" | "title" | "english"> {
  return { group: t(group), title: t(title), english: `${group} ${title}` };
}

function recentFirst(view: View): Entry[] {
  const entries = [...commandEntries(view), ...tabEntries(view), ...placeEntries()];
  const recent = recentCommands()
    .map((id) => entries.find(({ key }) => key === id))
    .filter((entry) => entry !== undefined)
    .map((entry) => ({ ...entry, group: t("Recent") }));
  const keys = new Set(recent.map(({ key }) => key));
  return [...recent, ...entries.filter(({ key }) => !keys.has(key))];
}

function commandEntries(view: View): Entry[] {
  return COMMAND_GROUPS.flatMap(({ title: group, commands }) =>
    commands
      .filter(({ id, needs }) => !HERE.has(id) && isThere(needs, view))
      .map(({ id, title, keys }) => ({
        ...{ key: id, ...names(group, title), keys },
        run: () => {
          rememberCommand(id);
          runCommand(id);
        },
      })),
  );
}

/** What makes no sense in the palette: it is open, and Escape is its own. */
const HERE: ReadonlySet<CommandId> = new Set(["palette", "escape"]);

function tabEntries({ runId }: View): Entry[] {
  if (runId === null) return [];
  return SIDE.map(({ id, title }) => ({
    ...{ key: `side-${id}`, ...names(msg("Show"), title), keys: [] },
    run: () => showSide(id),
  }));
}

function placeEntries(): Entry[] {
  return PLACES.map((place) => ({
    ...{ key: `page-${place}`, ...names(msg("Page"), PLACE_TITLES[place]), keys: [] },
    run: () => goTo(place),
  }));
}

function jumpEntries(query: string, { runId, tree }: View): Entry[] {
  if (runId === null) return [];
  return jumpsOf(query, { nodes: tree.count, events: tree.seq + 1 }).map(({ to, number }) => ({
    ...{ key: `${to}-${number}`, group: t("Go to"), keys: [] },
    title: t(to === "node" ? "node {number}" : "event {number}", { number: String(number) }),
    ...(to === "node" && { quote: revealControls(contextText(tree, number, 80).slice(0, 81)) }),
    run: () => {
      showTab("tree");
      if (to === "node") revealNode(number);
      else seek(number);
    },
  }));
}

function runEntry({ id, problem }: FoundRun): Entry {
  return {
    ...{ key: `run-${id}`, group: t("Open run"), title: "", keys: [] },
    quote: revealControls(problem.text.slice(0, 120)),
    run: () => {
      openRun(id);
      showTab("tree");
    },
  };
}
