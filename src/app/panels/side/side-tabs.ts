import type { ComponentType } from "react";
import { AnswersPanel } from "../answers/AnswersPanel.tsx";
import { LinesPanel, MarksPanel, RoundPanel, SimilarPanel } from "../later.ts";
import type { SideTab } from "../page.ts";
import { StepTab } from "./StepTab.tsx";

interface SideTabEntry {
  readonly id: SideTab;
  readonly title: string;
  /** Mounted only while its tab is shown. */
  readonly Component: ComponentType;
}

/** What the right side can show, in the order of its tabs. */
export const SIDE: readonly SideTabEntry[] = [
  { id: "step", title: "Step", Component: StepTab },
  { id: "lines", title: "Lines", Component: LinesPanel },
  { id: "similar", title: "Similar", Component: SimilarPanel },
  { id: "round", title: "Round", Component: RoundPanel },
  { id: "marks", title: "Marks", Component: MarksPanel },
  { id: "answers", title: "Answers", Component: AnswersPanel },
];
