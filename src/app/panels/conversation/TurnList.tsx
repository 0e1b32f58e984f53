import "./conversation.css";
import type { EarlierTurn } from "../../../protocol/events.ts";
import { t, tCount } from "../../words/t.ts";
import { ShortText } from "../ShortText.tsx";

/** Earlier questions and answers, and what of them is not in the context any more. */
export function TurnList({ turns }: { turns: readonly EarlierTurn[] }) {
  return (
    <ol className="turns">
      {turns.map(({ problem, answer, reasoningTokens }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what was said before does not change
        <li key={i}>
          <ShortText className="mono" text={problem} cap={120} />
          <span className="turn-arrow" aria-hidden="true">
            →
          </span>
          <span className="unseen">{t("answered:")}</span>
          <ShortText className="mono" text={answer} cap={60} />
          <span className="soft">
            {reasoningTokens === null
              ? t("its reasoning dropped")
              : tCount(
                  reasoningTokens,
                  "reasoning of {count} token dropped",
                  "reasoning of {count} tokens dropped",
                )}
          </span>
        </li>
      ))}
    </ol>
  );
}
