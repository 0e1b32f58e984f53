import { type DragEvent, useState } from "react";
import { t } from "../../words/t.ts";
import type { FieldNames } from "./upload-set.ts";

interface UploadDropProps {
  busy: boolean;
  onFile: (file: File, names: FieldNames) => void;
}

/** What fields are mostly called, in files as well. */
const USUAL_NAMES = { problem: "question", answer: "answer" } as const;

/** Takes a file that is dropped or picked, and the names of its fields where they are not the usual ones. */
export function UploadDrop({ busy, onFile }: UploadDropProps) {
  const [isOver, setOver] = useState(false);
  const [names, setNames] = useState<FieldNames>({ problem: "", answer: "" });
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file && !busy) onFile(file, names);
  };
  const drag = (event: DragEvent, over: boolean) => {
    event.preventDefault();
    setOver(over);
  };
  return (
    <>
      <label
        className="drop"
        data-over={isOver}
        onDragOver={(event) => drag(event, true)}
        onDragLeave={(event) => drag(event, false)}
        onDrop={(event) => {
          drag(event, false);
          take(event.dataTransfer.files);
        }}
      >
        <input
          type="file"
          accept=".jsonl,.ndjson,.json,.csv,.tsv"
          disabled={busy}
          onChange={({ currentTarget }) => {
            take(currentTarget.files);
            // The same file may be tried again.
            currentTarget.value = "";
          }}
        />
        {t(busy ? "Reading …" : "Drop a JSONL or CSV file, or choose one")}
      </label>
      <details className="more">
        <summary>
          {t("Names of fields")} <span className="hint soft">{t("guessed unless told")}</span>
        </summary>
        <div className="grid-2">
          {(["problem", "answer"] as const).map((field) => (
            <label className="field" key={field}>
              <span className="label">
                {t(field === "problem" ? "Problem is in" : "Answer is in")}
              </span>
              <input
                type="text"
                className="mono"
                maxLength={80}
                spellCheck={false}
                autoCapitalize="off"
                placeholder={USUAL_NAMES[field]}
                value={names[field]}
                onChange={({ currentTarget }) =>
                  setNames({ ...names, [field]: currentTarget.value })
                }
              />
            </label>
          ))}
        </div>
      </details>
    </>
  );
}
