import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { Sample } from "../../protocol/training.ts";
import { inARow } from "../words/node-words.ts";
import { t } from "../words/t.ts";
import { AttemptCard } from "./AttemptCard.tsx";
import { formatX } from "./chart-words.ts";
import { openSample } from "./open-runs.ts";

/** What the model wrote at each checkpoint, one family and one moment at a time. `of` is the title of its step. */
export function Samples({ of: title, samples }: { of: string; samples: readonly Sample[] }) {
  const families = [...new Set(samples.map(({ family }) => family))];
  const [chosen, setChosen] = useState<string | null>(null);
  const [at, setAt] = useState<number | null>(null);
  const opening = useMutation({ mutationFn: openSample });
  if (samples.length === 0) return null;
  const family = chosen ?? families[0]!;
  const of = samples.filter((sample) => sample.family === family);
  const index = Math.min(at ?? of.length - 1, of.length - 1);
  const sample = of[index]!;
  const moment = inARow([sample.stage, formatX(sample)]);
  return (
    <section className="samples" aria-label={t("What it writes: {step}", { step: title })}>
      <header>
        <h4>{t("What it writes")}</h4>
        <select
          aria-label={t("Family")}
          value={family}
          onChange={(event) => setChosen(event.target.value)}
        >
          {families.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
        <input
          type="range"
          aria-label={t("Checkpoint")}
          aria-valuetext={moment}
          min={0}
          max={of.length - 1}
          value={index}
          disabled={of.length === 1}
          onChange={(event) => setAt(Number(event.target.value))}
        />
        <span className="soft">{moment}</span>
        <button
          type="button"
          className="outlined"
          disabled={opening.isPending}
          onClick={() => opening.mutate(sample)}
        >
          {t("Open as a tree")}
        </button>
      </header>
      {opening.isError && (
        <p className="field-error" role="alert">
          {opening.error.message}
        </p>
      )}
      <p className="mono problem">{sample.problem}</p>
      <ol className="attempts">
        {sample.attempts.map(({ steps, answer, correct, scores }, i) => (
          <AttemptCard
            // biome-ignore lint/suspicious/noArrayIndexKey: attempts have no other name, and never move
            key={i}
            how={i === 0 ? "greedy" : "sampled"}
            steps={steps.map((text, s) => ({ text, score: scores?.[s] ?? Number.NaN }))}
            answer={answer}
            correct={correct}
          />
        ))}
      </ol>
    </section>
  );
}
