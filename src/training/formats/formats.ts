import type { Format } from "./format.ts";
import { mathShepherd } from "./math-shepherd.ts";
import { openrlhfPrm } from "./openrlhf-prm.ts";
import { prm800k } from "./prm800k.ts";
import { processbench } from "./processbench.ts";
import { senteiLabels } from "./sentei-labels.ts";
import { trlStepwise } from "./trl-stepwise.ts";
import { verlPrompts } from "./verl-prompts.ts";

/** Every format, in the order in which a row is tried against them. */
export const FORMATS: readonly Format[] = [
  senteiLabels,
  prm800k,
  trlStepwise,
  mathShepherd,
  processbench,
  openrlhfPrm,
  verlPrompts,
];

/** The format whose shape a row has; `null` for none. */
export function detectFormat(value: unknown): Format | null {
  return FORMATS.find(({ row }) => row?.safeParse(value).success) ?? null;
}
