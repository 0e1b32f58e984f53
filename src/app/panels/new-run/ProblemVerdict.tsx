import { FAMILIES } from "../../../problems/families.ts";
import type { ProblemCheck } from "../../state/api.ts";
import { locale, t, tParts, tSaid } from "../../words/t.ts";
import { splitOfProblem } from "./problem-split.ts";

interface ProblemVerdictProps {
  text: string;
  check: ProblemCheck | null;
  /** What the server said; it has the last word. */
  refused: string | null;
  /** The right answer, if the problem was chosen with it. */
  answer: string | null;
}

/** Says under the field what the problem is read as, or what is wrong with it and where. */
export function ProblemVerdict({ text, check, refused, answer }: ProblemVerdictProps) {
  return (
    <div id="problem-verdict" className="problem-verdict" aria-live="polite">
      {answer !== null && refused === null ? (
        <p className="soft known-answer">
          {tParts("Answers are graded by the known one: {answer}", {
            answer: <bdi className="mono">{answer}</bdi>,
          })}
        </p>
      ) : (
        verdict(text, check, refused)
      )}
    </div>
  );
}

function verdict(text: string, check: ProblemCheck | null, refused: string | null) {
  if (refused !== null) return <p className="field-error">{refused}</p>;
  if (check === null)
    return <p className="soft">{t("For example {examples}", { examples: examples() })}</p>;
  if (!check.ok) {
    return (
      <>
        <p className="field-error">{tSaid(check.message)}</p>
        {check.at !== null && <Offset text={text} at={check.at} />}
      </>
    );
  }
  const { family, level } = check.problem;
  const split = splitOfProblem(check.problem);
  return (
    <p className="soft">
      {family === null
        ? t("Nothing here can check it")
        : t("{family}, level {level}", { family, level: String(level) })}
      {split === "held-out" && (
        <span className="badge" title={t("No model has seen this problem in training.")}>
          {t("held out")}
        </span>
      )}
      {split === "train" && (
        <span className="badge" title={t("The models may have seen this problem in training.")}>
          {t("training set")}
        </span>
      )}
    </p>
  );
}

/** The text around an offset, with the place marked. */
function Offset({ text, at }: { text: string; at: number }) {
  const from = Math.max(0, at - 16);
  return (
    <p className="mono offset" aria-hidden="true">
      {from > 0 && "…"}
      <bdi>{text.slice(from, at)}</bdi>
      <mark>{text.slice(at, at + 1) || " "}</mark>
      <bdi>{text.slice(at + 1, at + 17)}</bdi>
      {text.length > at + 17 && "…"}
    </p>
  );
}

function examples(): string {
  const list = new Intl.ListFormat(locale(), { type: "disjunction" });
  return list.format(FAMILIES.map(({ example }) => example));
}
