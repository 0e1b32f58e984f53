import type { Catalogue } from "../language.ts";
import { EVALUATION_START } from "./evaluation-start.ts";
import { EVALUATIONS } from "./evaluations.ts";
import { MODELS } from "./models.ts";
import { PARAMETERS } from "./parameters.ts";
import { RECIPE } from "./recipe.ts";
import { SHELL } from "./shell.ts";
import { STRATEGIES } from "./strategies.ts";
import { TREE } from "./tree.ts";

/** Every text of the interface in Japanese, by the English one. */
export const JAPANESE: Catalogue = {
  ...SHELL,
  ...TREE,
  ...STRATEGIES,
  ...PARAMETERS,
  ...EVALUATIONS,
  ...EVALUATION_START,
  ...RECIPE,
  ...MODELS,
};
