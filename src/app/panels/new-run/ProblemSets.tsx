import "./problem-sets.css";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { backend } from "../../backend/backend.ts";
import { setsQuery } from "../../queries.ts";
import { SetChooser } from "./SetChooser.tsx";
import { UploadDrop } from "./UploadDrop.tsx";
import { UploadResult } from "./UploadResult.tsx";
import { type FieldNames, uploadSet } from "./upload-set.ts";

/** Problems with known answers from files that people upload. */
export function ProblemSets() {
  return backend().sets === null ? null : <Sets />;
}

function Sets() {
  const sets = useQuery(setsQuery);
  const [chosen, setChosen] = useState<string | null>(null);
  const uploading = useMutation({
    mutationFn: ({ file, names }: { file: File; names: FieldNames }) => uploadSet(file, names),
    onSuccess: ({ set }) => setChosen(set.id),
  });
  const count = sets.data?.length ?? 0;
  const set = sets.data?.find(({ id }) => id === chosen) ?? sets.data?.[0];
  return (
    <details className="more problem-sets">
      <summary>
        Problem sets{" "}
        <span className="hint soft">
          {count === 0 ? "upload MATH-500, GSM8K, …" : `${count} here`}
        </span>
      </summary>
      <div className="fields">
        {sets.isError && (
          <p className="field-error" role="alert">
            {sets.error.message}
          </p>
        )}
        {set && <SetChooser key={set.id} sets={sets.data ?? []} set={set} onChoose={setChosen} />}
        <UploadDrop
          busy={uploading.isPending}
          onFile={(file, names) => uploading.mutate({ file, names })}
        />
        <UploadResult page={uploading.data ?? null} error={uploading.error} />
      </div>
    </details>
  );
}
