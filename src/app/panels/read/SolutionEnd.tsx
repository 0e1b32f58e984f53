import { t, tCount } from "../../words/t.ts";
import { Icon } from "../Icon.tsx";
import { useMoment } from "../moment.ts";
import { MathText } from "../node/MathText.tsx";
import type { Solution } from "./read-solution.ts";

/** What a solution comes to, and what it took. */
export function SolutionEnd({ solution }: { solution: Solution }) {
  const { tree, at } = useMoment();
  const { steps, tokens, answer } = solution;
  const spent = tree.useAt(at).policyTokens;
  return (
    <footer className="solution-end">
      {answer && <Answer answer={answer} />}
      {answer === null && steps.length > 0 && <p className="soft">{t("It has no answer yet.")}</p>}
      <p className="soft">
        {[
          tree.unit === "token"
            ? tCount(steps.length, "{count} line", "{count} lines")
            : tCount(steps.length, "{count} step", "{count} steps"),
          tCount(tokens, "{count} token", "{count} tokens"),
          t("{count} in the whole search", { count: spent }),
        ].join(" · ")}
      </p>
    </footer>
  );
}

function Answer({ answer: { answer, correct } }: { answer: NonNullable<Solution["answer"]> }) {
  if (answer === null)
    return <p className="solution-answer soft">{t("No answer that can be read.")}</p>;
  return (
    <div className="solution-answer">
      <span className="soft">{t("Answer")}</span>
      <MathText key={answer} text={answer} cap={400} eager />
      {correct !== null && (
        <span className={correct ? "is-right verdict-word" : "is-wrong verdict-word"}>
          <Icon name={correct ? "check" : "cross"} />
          {t(correct ? "right" : "wrong")}
        </span>
      )}
    </div>
  );
}
