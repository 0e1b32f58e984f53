import type { Catalogue } from "../language.ts";
import { COMMANDS } from "./commands.ts";
import { COMPARE } from "./compare.ts";
import { EVALUATION_START } from "./evaluation-start.ts";
import { EVALUATIONS } from "./evaluations.ts";
import { MODELS } from "./models.ts";
import { NEW_RUN } from "./new-run.ts";
import { NODE } from "./node.ts";
import { PARAMETERS } from "./parameters.ts";
import { RECIPE } from "./recipe.ts";
import { RUNS } from "./runs.ts";
import { SHARED } from "./shared.ts";
import { SHELL } from "./shell.ts";
import { SIDE } from "./side.ts";
import { STEP_TITLES } from "./step-titles.ts";
import { STRATEGIES } from "./strategies.ts";
import { TREE } from "./tree.ts";
import { VERDICTS } from "./verdicts.ts";
import { VIEW } from "./view.ts";

/** Of the pages that a run in a file of its own does not have. */
const PAGES: Catalogue =
  import.meta.env.MODE === "file"
    ? {}
    : { ...EVALUATIONS, ...EVALUATION_START, ...RECIPE, ...MODELS };

/** Every text of the interface in Japanese, by the English one. */
export const JAPANESE: Catalogue = {
  ...SHELL,
  ...TREE,
  ...STRATEGIES,
  ...PARAMETERS,
  ...PAGES,
  ...SHARED,
  ...COMMANDS,
  ...RUNS,
  ...NEW_RUN,
  ...NODE,
  ...SIDE,
  ...VIEW,
  ...STEP_TITLES,
  ...COMPARE,
  ...VERDICTS,
};
