import type { StepVerdict } from "../../../problems/family.ts";
import { Icon } from "../Icon.tsx";
import { verdictWords } from "./judge-prefix.ts";

const ICONS = { right: "check", wrong: "cross", "dead-end": "deadEnd" } as const;

/** What the exact checker says of a step. Only what is not plainly right is spelled out. */
export function Verdict({ verdict }: { verdict: StepVerdict }) {
  const { mark, words } = verdictWords(verdict);
  return (
    <p className="verdict" data-mark={mark} title={`Exact checker: ${words}`}>
      <Icon name={ICONS[mark]} />
      <span className={mark === "right" ? "unseen" : ""}>{words}</span>
    </p>
  );
}
