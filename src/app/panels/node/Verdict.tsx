import type { StepVerdict } from "../../../problems/family.ts";
import { t } from "../../words/t.ts";
import { Icon } from "../Icon.tsx";
import { ShortText } from "../ShortText.tsx";
import { verdictWords } from "./judge-prefix.ts";

const ICONS = { right: "check", wrong: "cross", "dead-end": "deadEnd" } as const;

/** What the exact checker says of a step. Only what is not plainly right is spelled out. */
export function Verdict({ verdict, before }: { verdict: StepVerdict; before: StepVerdict | null }) {
  const { mark, words } = verdictWords(verdict, before);
  return (
    <p className="verdict" data-mark={mark} title={t("What the exact checker says")}>
      <Icon name={ICONS[mark]} />
      <ShortText text={words} cap={300} className={mark === "right" ? "unseen" : ""} />
    </p>
  );
}
