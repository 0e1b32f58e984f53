import { useState } from "react";
import type { Sample } from "../../protocol/training.ts";
import { OutcomeMark } from "../panels/runs/OutcomeMark.tsx";
import { formatX } from "./charts.ts";

/** What the model wrote at each checkpoint, one family and one moment at a time. */
export function Samples({ samples }: { samples: readonly Sample[] }) {
  const families = [...new Set(samples.map(({ family }) => family))];
  const [chosen, setChosen] = useState<string | null>(null);
  const [at, setAt] = useState<number | null>(null);
  if (samples.length === 0) return null;
  const family = chosen ?? families[0]!;
  const of = samples.filter((sample) => sample.family === family);
  const index = Math.min(at ?? of.length - 1, of.length - 1);
  const sample = of[index]!;
  return (
    <section className="samples" aria-label="Samples">
      <header>
        <h3>What it writes</h3>
        <select
          aria-label="Family"
          value={family}
          onChange={(event) => setChosen(event.target.value)}
        >
          {families.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
        <input
          type="range"
          aria-label="Checkpoint"
          aria-valuetext={`${sample.stage}, ${formatX(sample)}`}
          min={0}
          max={of.length - 1}
          value={index}
          onChange={(event) => setAt(Number(event.target.value))}
        />
        <span className="soft">{`${sample.stage}, ${formatX(sample)}`}</span>
      </header>
      <p className="mono problem">{sample.problem}</p>
      <ol>
        {sample.attempts.map((attempt, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: attempts have no other name, and never move
          <li key={i}>
            <p className="verdict">
              <OutcomeMark mark={attempt.correct ? "right" : "wrong"} />
              {i === 0 ? "greedy" : "sampled"}, {attempt.correct ? "right" : "wrong"}
            </p>
            <pre className="mono">{attempt.steps.join("\n")}</pre>
            <p className="mono soft">{attempt.answer ?? "no answer"}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}
