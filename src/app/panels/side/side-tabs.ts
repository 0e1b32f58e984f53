import { type ComponentType, lazy } from "react";
import { AnswersPanel } from "../answers/AnswersPanel.tsx";
import { MarksPanel } from "../marks/MarksPanel.tsx";
import type { SideTab } from "../page.ts";
import { StepTab } from "./StepTab.tsx";

interface SideTabEntry {
  readonly id: SideTab;
  readonly title: string;
  /** Mounted only while its tab is shown. */
  readonly Component: ComponentType;
}

// What a newcomer does not see at first is not in the first load.
const LinesPanel = lazy(() =>
  import("../lines/LinesPanel.tsx").then(({ LinesPanel: Component }) => ({ default: Component })),
);
const SimilarPanel = lazy(() =>
  import("../similar/SimilarPanel.tsx").then(({ SimilarPanel: Component }) => ({
    default: Component,
  })),
);
const RoundPanel = lazy(() =>
  import("../round/RoundPanel.tsx").then(({ RoundPanel: Component }) => ({ default: Component })),
);

/** What the right side can show, in the order of its tabs. */
export const SIDE: readonly SideTabEntry[] = [
  { id: "step", title: "Step", Component: StepTab },
  { id: "lines", title: "Lines", Component: LinesPanel },
  { id: "similar", title: "Similar", Component: SimilarPanel },
  { id: "round", title: "Round", Component: RoundPanel },
  { id: "marks", title: "Marks", Component: MarksPanel },
  { id: "answers", title: "Answers", Component: AnswersPanel },
];
