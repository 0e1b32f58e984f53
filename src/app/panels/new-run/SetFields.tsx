import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { UploadedSet } from "../../../protocol/uploaded-sets.ts";
import { SetChooser } from "./SetChooser.tsx";
import { UploadDrop } from "./UploadDrop.tsx";
import { UploadResult } from "./UploadResult.tsx";
import { type FieldNames, uploadSet } from "./upload-set.ts";

/** Chooses a problem of an uploaded set, or uploads another set. */
export function SetFields({ sets }: { sets: readonly UploadedSet[] }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const uploading = useMutation({
    mutationFn: ({ file, names }: { file: File; names: FieldNames }) => uploadSet(file, names),
    onSuccess: ({ set }) => setChosen(set.id),
  });
  const set = sets.find(({ id }) => id === chosen) ?? sets[0];
  return (
    <>
      {set && <SetChooser key={set.id} sets={sets} set={set} onChoose={setChosen} />}
      <UploadDrop
        busy={uploading.isPending}
        onFile={(file, names) => uploading.mutate({ file, names })}
      />
      <UploadResult page={uploading.data ?? null} error={uploading.error} />
    </>
  );
}
