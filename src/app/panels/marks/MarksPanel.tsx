import "./marks.css";
import { useMutation } from "@tanstack/react-query";
import { formatScore } from "../../format.ts";
import { revealNode } from "../../state/actions.ts";
import { MAX_NOTE, setNote, toggleMark, useMarksTrouble } from "../../state/bookmarks.ts";
import { useView } from "../../state/view.ts";
import { nodeName, nodeTitle } from "../../words/node-words.ts";
import { t, tCount, tParts, tSaid } from "../../words/t.ts";
import { Icon } from "../Icon.tsx";
import { useMoment } from "../moment.ts";
import { showTab } from "../page.ts";
import { ShortText } from "../ShortText.tsx";
import { type MarkedStep, markedSteps, marksAsJson, marksAsMarkdown } from "./marks-text.ts";

/** The bookmarks of the run, with a note to each. They stay in this browser. */
export function MarksPanel() {
  const bookmarks = useView((view) => view.bookmarks);
  const trouble = useMarksTrouble((state) => state.trouble);
  const { tree, at } = useMoment();
  const steps = markedSteps(tree, at, bookmarks);
  return (
    <section className="panel marks-panel" aria-labelledby="marks-title">
      <header>
        <h2 id="marks-title">{t("Bookmarks")}</h2>
        {steps.length > 0 && <CopyMarks steps={steps} />}
      </header>
      <MarkSelected />
      {trouble !== null && (
        <p className="field-error" role="alert">
          {tSaid(trouble)}
        </p>
      )}
      {steps.length === 0 ? (
        <p className="soft">
          {tParts(
            "Mark a step to come back to it, and write down why. Select it and press {key}. Bookmarks stay in this browser.",
            { key: <kbd>B</kbd> },
          )}
        </p>
      ) : (
        <ol className="mark-rows">
          {steps.map((step) => (
            <MarkRow key={step.node} step={step} />
          ))}
        </ol>
      )}
      {bookmarks.size > steps.length && (
        <p className="soft">
          {tCount(
            bookmarks.size - steps.length,
            "{count} more is on steps that have not arrived yet.",
            "{count} more are on steps that have not arrived yet.",
          )}
        </p>
      )}
    </section>
  );
}

/** For those who do not press keys. */
function MarkSelected() {
  const selected = useView((view) => view.selected);
  const isMarked = useView(({ bookmarks }) => selected !== null && bookmarks.has(selected));
  if (selected === null || isMarked) return null;
  return (
    <button type="button" className="outlined" onClick={() => toggleMark(selected)}>
      <Icon name="flag" /> {t("Bookmark node {node}", { node: String(selected) })}
    </button>
  );
}

function MarkRow({ step: { node, depth, unit, text, score, note } }: { step: MarkedStep }) {
  const isSelected = useView((view) => view.selected === node);
  return (
    <li>
      <div className="mark-line" data-selected={isSelected}>
        <button
          type="button"
          className="mark-go"
          aria-label={t("Go to {place}, node {node}", {
            place: depth === 0 ? t("the problem") : nodeName({ unit }, depth),
            node: String(node),
          })}
          onClick={() => {
            revealNode(node);
            showTab("tree");
          }}
        >
          <span className="soft">{nodeTitle({ unit }, depth)}</span>
          <ShortText className="mono" text={text} />
          <span>{formatScore(score ?? Number.NaN)}</span>
        </button>
        <button
          type="button"
          className="icon"
          aria-label={t("Take the bookmark off node {node}", { node: String(node) })}
          title={t("Take the bookmark off (B)")}
          onClick={() => toggleMark(node)}
        >
          <Icon name="cross" />
        </button>
      </div>
      <textarea
        aria-label={t("Note to node {node}", { node: String(node) })}
        placeholder={t("Note")}
        rows={1}
        maxLength={MAX_NOTE}
        value={note}
        onChange={(event) => setNote(node, event.currentTarget.value)}
      />
    </li>
  );
}

function CopyMarks({ steps }: { steps: readonly MarkedStep[] }) {
  const runId = useView((view) => view.runId) ?? "";
  const problem = useMoment(({ tree }) => tree.started?.problem.text ?? "");
  const copy = useMutation({
    mutationFn: ({ text }: { kind: string; text: string }) => navigator.clipboard.writeText(text),
  });
  const kinds = [
    { kind: "Markdown", make: () => marksAsMarkdown(problem, steps) },
    { kind: "JSON", make: () => marksAsJson(runId, problem, steps) },
  ];
  return (
    <span className="end">
      {kinds.map(({ kind, make }) => (
        <button
          key={kind}
          type="button"
          aria-label={t("Copy as {format}", { format: kind })}
          onClick={() => copy.mutate({ kind, text: make() })}
        >
          <Icon name={copy.isSuccess && copy.variables.kind === kind ? "check" : "copy"} /> {kind}
        </button>
      ))}
      <span role="status" className={copy.isError ? "field-error" : "unseen"}>
        {copy.isSuccess && t("Copied as {format}", { format: copy.variables.kind })}
        {copy.isError && t("The browser did not allow it")}
      </span>
    </span>
  );
}
