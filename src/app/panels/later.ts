import { lazy } from "react";

// What a newcomer does not see at first is not in the first load.
const loadLines = () => import("./lines/LinesPanel.tsx");
const loadSimilar = () => import("./similar/SimilarPanel.tsx");
const loadRound = () => import("./round/RoundPanel.tsx");
const loadMarks = () => import("./marks/MarksPanel.tsx");
const loadRead = () => import("./read/ReadView.tsx");

const loadRecipe = () => import("../recipe/RecipePage.tsx");

export const LinesPanel = lazy(async () => ({ default: (await loadLines()).LinesPanel }));
export const SimilarPanel = lazy(async () => ({ default: (await loadSimilar()).SimilarPanel }));
export const RoundPanel = lazy(async () => ({ default: (await loadRound()).RoundPanel }));
export const MarksPanel = lazy(async () => ({ default: (await loadMarks()).MarksPanel }));
export const RecipePage = lazy(async () => ({ default: (await loadRecipe()).RecipePage }));
export const ReadView = lazy(async () => ({ default: (await loadRead()).ReadView }));

/** Fetches all that was left out of the first load, so that it is there when the server is not. */
export function loadTheRest(): void {
  void Promise.allSettled([loadLines(), loadSimilar(), loadRound(), loadMarks(), loadRead()]);
}
