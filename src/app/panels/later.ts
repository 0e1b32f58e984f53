import { type ComponentType, createElement, lazy, type ReactNode } from "react";
import { create } from "zustand";
import { Missing } from "./Missing.tsx";

/** A page that is one file has no server, and is the smaller without what needs one. */
const IS_FILE = import.meta.env.MODE === "file";

// What a newcomer does not see at first is not in the first load.
const loadNode = () => import("./node/NodeDetails.tsx");
const loadView = () => import("./view-bar/ViewFields.tsx");
const loadFilter = () => import("./view-bar/FilterFields.tsx");
const loadSets = () => import("./new-run/SetFields.tsx");
const loadLines = () => import("./lines/LinesPanel.tsx");
const loadSimilar = () => import("./similar/SimilarPanel.tsx");
const loadRound = () => import("./round/RoundPanel.tsx");
const loadJudges = () => import("./judges/JudgesPanel.tsx");
const loadMirror = () => import("./judges/MirrorView.tsx");
const loadMarks = () => import("./marks/MarksPanel.tsx");
const loadRead = () => import("./read/ReadView.tsx");
const loadCompare = () => import("../compare/ComparePage.tsx");
const loadPresets = () => import("../compare/PresetList.tsx");
const loadStory = () => import("../stories/StoryPanel.tsx");
const loadHelp = () => import("./help/HelpDialog.tsx");
const loadPalette = () => import("./palette/Palette.tsx");

export const NodeDetails = later(async () => (await loadNode()).NodeDetails);
export const ViewFields = later(async () => (await loadView()).ViewFields);
export const FilterFields = later(async () => (await loadFilter()).FilterFields);
export const SetFields = later(async () => (await loadSets()).SetFields);
export const LinesPanel = later(async () => (await loadLines()).LinesPanel);
export const SimilarPanel = later(async () => (await loadSimilar()).SimilarPanel);
export const RoundPanel = later(async () => (await loadRound()).RoundPanel);
export const JudgesPanel = later(async () => (await loadJudges()).JudgesPanel);
export const MirrorView = later(async () => (await loadMirror()).MirrorView);
export const MarksPanel = later(async () => (await loadMarks()).MarksPanel);
export const ReadView = later(async () => (await loadRead()).ReadView);
export const ComparePage = later(async () => (await loadCompare()).ComparePage);
export const PresetList = later(async () => (await loadPresets()).PresetList);
export const StoryPanel = later(async () => (await loadStory()).StoryPanel);
export const HelpDialog = later(async () => (await loadHelp()).HelpDialog);
export const Palette = later(async () => (await loadPalette()).Palette);
export const ModelsPage = IS_FILE
  ? Missing
  : later(async () => (await import("../models/ModelsPage.tsx")).ModelsPage);
export const EvaluationsPage = IS_FILE
  ? Missing
  : later(async () => (await import("../evaluations/EvaluationsPage.tsx")).EvaluationsPage);
export const RecipePage = IS_FILE
  ? Missing
  : later(async () => (await import("../recipe/RecipePage.tsx")).RecipePage);

/** A part of the page that says so where it cannot be fetched, and leaves the rest as it is. */
function later<P>(load: () => Promise<ComponentType<P>>) {
  return lazy(() =>
    load().then(
      (part) => ({ default: part }),
      (): { default: ComponentType<P> } => ({ default: Missing }),
    ),
  );
}

/** What draws trees, from when it is there: React would hold back for a while what it had to wait for. */
const useTrees = create<{ readonly Part: ComponentType | null }>()(() => ({ Part: null }));

/** Fetches what draws trees; resolves when it is there, or cannot be fetched. */
export async function loadTrees(): Promise<void> {
  const Part = await import("./TreeAndTwin.tsx").then(
    ({ TreeAndTwin }) => TreeAndTwin,
    () => Missing,
  );
  useTrees.setState({ Part });
}

/** The tree of the run that is open, as soon as `loadTrees` has fetched what draws it. */
export function LaterTree(): ReactNode {
  const Part = useTrees((trees) => trees.Part);
  return Part === null ? null : createElement(Part);
}

/** Fetches all that was left out of the first load, so that it is there when the server is not. */
export function loadTheRest(): void {
  void Promise.allSettled([
    loadNode(),
    loadView(),
    loadFilter(),
    loadSets(),
    loadLines(),
    loadSimilar(),
    loadRound(),
    loadJudges(),
    loadMirror(),
    loadMarks(),
    loadRead(),
    loadPresets(),
  ]);
}
