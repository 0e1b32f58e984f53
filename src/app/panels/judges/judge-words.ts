import { msg } from "../../../lib/said.ts";
import type { Judge, Tree } from "../../../protocol/tree.ts";
import type { Other } from "../../state/judging.ts";
import { t } from "../../words/t.ts";

/** What is said where there is no second judge. */
export const NOBODY = msg(
  "Nobody else judges this run: no checker knows its problem, and it has no second verifier.",
);

/** Who judges, as a caption: a verifier by its name. */
export function judgeName({ started }: Tree, judge: Judge | Other): string {
  if (judge === "checker") return t("Exact checker");
  if (judge === "second") {
    const name = started?.second?.name;
    return name === undefined ? t("Second verifier") : t("Second verifier: {name}", { name });
  }
  const name = started?.verifier?.name;
  return name === undefined ? t("Verifier") : t("Verifier: {name}", { name });
}
