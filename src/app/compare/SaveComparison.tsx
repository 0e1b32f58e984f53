import { useMutation } from "@tanstack/react-query";
import { backend } from "../backend/backend.ts";
import { Icon } from "../panels/Icon.tsx";
import { tell } from "../panels/page.ts";
import { useCompared } from "../state/compared.ts";
import { t } from "../words/t.ts";
import { useComparison } from "./comparison.ts";

/** Saves the compared runs as they are looked at, with the viewer inside, as one page. */
export function SaveComparison() {
  const saving = useMutation({
    mutationFn: save,
    onError: ({ message }) => tell(t("It was not saved. {why}", { why: message })),
  });
  // A page that is a file already holds no viewer to put into another.
  if (!backend().searches) return null;
  return (
    <button
      type="button"
      className="outlined"
      title={t("One HTML file with these runs inside, which opens anywhere and asks nobody")}
      disabled={saving.isPending}
      onClick={() => saving.mutate()}
    >
      <Icon name="save" /> {t("Save as a page")}
    </button>
  );
}

async function save(): Promise<void> {
  const [{ onePage }, { fileName, saveFile }] = await Promise.all([
    import("../export/one-page.ts"),
    import("../export/save-file.ts"),
  ]);
  const { runs } = useCompared.getState();
  const page = await onePage(runs, location.search);
  const problem = useComparison.getState().runs[0]?.tree.started?.problem.text ?? "";
  saveFile(page, fileName(problem, "html"));
}
