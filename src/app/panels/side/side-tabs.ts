import type { ComponentType } from "react";
import { msg } from "../../../lib/said.ts";
import { AnswersPanel } from "../answers/AnswersPanel.tsx";
import { JudgesPanel, LinesPanel, MarksPanel, RoundPanel, SimilarPanel } from "../later.ts";
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
  { id: "step", title: msg("Step"), Component: StepTab },
  { id: "lines", title: msg("Lines"), Component: LinesPanel },
  { id: "similar", title: msg("Similar"), Component: SimilarPanel },
  { id: "round", title: msg("Round"), Component: RoundPanel },
  { id: "judges", title: msg("Judges"), Component: JudgesPanel },
  { id: "marks", title: msg("Marks"), Component: MarksPanel },
  { id: "answers", title: msg("Answers"), Component: AnswersPanel },
];
