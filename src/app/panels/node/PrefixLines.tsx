import { useState } from "react";
import type { Problem } from "../../../protocol/events.ts";
import { t, tCount } from "../../words/t.ts";
import { judgePrefix, MOST_LINES } from "./judge-prefix.ts";
import { PrefixLine } from "./PrefixLine.tsx";
import type { PrefixLine as Line } from "./read-node.ts";

/** Lines that are in the page before anyone asks for more. */
const FIRST_LINES = 80;

/** A prefix as numbered lines, each with its score and the exact checker's verdict. */
export function PrefixLines({ problem, lines }: { problem: Problem; lines: readonly Line[] }) {
  const [whole, setWhole] = useState(false);
  const hidden = whole ? 0 : Math.max(0, lines.length - FIRST_LINES);
  const sampled = lines.filter(({ isSampling }) => !isSampling).map(({ text }) => text);
  const verdicts = judgePrefix(problem, sampled);
  return (
    <>
      {hidden > 0 && (
        <button type="button" className="link" onClick={() => setWhole(true)}>
          {tCount(hidden, "show {count} earlier step", "show {count} earlier steps")}
        </button>
      )}
      <ol className="prefix">
        {lines.slice(hidden).map((line, i) => (
          <PrefixLine
            key={line.node}
            line={line}
            number={hidden + i + 1}
            isLast={hidden + i === lines.length - 1}
            verdict={verdicts?.[hidden + i] ?? null}
            before={verdicts?.[hidden + i - 1] ?? null}
          />
        ))}
      </ol>
      {verdicts === null && (
        <p className="soft">
          {lines.length > MOST_LINES
            ? t("Too long to be checked step by step.")
            : t("Nothing here can check these steps.")}
        </p>
      )}
    </>
  );
}
