import { type ComponentType, lazy } from "react";
import { Missing } from "./Missing.tsx";

// What a newcomer does not see at first is not in the first load.
const loadTree = () => import("./TreeAndTwin.tsx");
const loadNode = () => import("./node/NodeDetails.tsx");
const loadView = () => import("./view-bar/ViewFields.tsx");
const loadFilter = () => import("./view-bar/FilterFields.tsx");
const loadSets = () => import("./new-run/SetFields.tsx");
const loadLines = () => import("./lines/LinesPanel.tsx");
const loadSimilar = () => import("./similar/SimilarPanel.tsx");
const loadRound = () => import("./round/RoundPanel.tsx");
const loadMarks = () => import("./marks/MarksPanel.tsx");
const loadRead = () => import("./read/ReadView.tsx");
const loadCompare = () => import("../compare/ComparePage.tsx");
const loadPresets = () => import("../compare/PresetList.tsx");
const loadStory = () => import("../stories/StoryPanel.tsx");
const loadHelp = () => import("./help/HelpDialog.tsx");
const loadPalette = () => import("./palette/Palette.tsx");
const loadModels = () => import("../models/ModelsPage.tsx");
const loadEvaluations = () => import("../evaluations/EvaluationsPage.tsx");
const loadRecipe = () => import("../recipe/RecipePage.tsx");

export const TreeAndTwin = later(async () => (await loadTree()).TreeAndTwin);
export const NodeDetails = later(async () => (await loadNode()).NodeDetails);
export const ViewFields = later(async () => (await loadView()).ViewFields);
export const FilterFields = later(async () => (await loadFilter()).FilterFields);
export const SetFields = later(async () => (await loadSets()).SetFields);
export const LinesPanel = later(async () => (await loadLines()).LinesPanel);
export const SimilarPanel = later(async () => (await loadSimilar()).SimilarPanel);
export const RoundPanel = later(async () => (await loadRound()).RoundPanel);
export const MarksPanel = later(async () => (await loadMarks()).MarksPanel);
export const ReadView = later(async () => (await loadRead()).ReadView);
export const ComparePage = later(async () => (await loadCompare()).ComparePage);
export const PresetList = later(async () => (await loadPresets()).PresetList);
export const StoryPanel = later(async () => (await loadStory()).StoryPanel);
export const HelpDialog = later(async () => (await loadHelp()).HelpDialog);
export const Palette = later(async () => (await loadPalette()).Palette);
export const ModelsPage = later(async () => (await loadModels()).ModelsPage);
export const EvaluationsPage = later(async () => (await loadEvaluations()).EvaluationsPage);
export const RecipePage = later(async () => (await loadRecipe()).RecipePage);

/** A part of the page that says so where it cannot be fetched, and leaves the rest as it is. */
function later<P>(load: () => Promise<ComponentType<P>>) {
  return lazy(() =>
    load().then(
      (part) => ({ default: part }),
      (): { default: ComponentType<P> } => ({ default: Missing }),
    ),
  );
}

/** Fetches what draws trees, so that it is there when the first run starts. */
export function loadTrees(): void {
  void loadTree().catch(() => null);
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
    loadMarks(),
    loadRead(),
    loadPresets(),
  ]);
}
