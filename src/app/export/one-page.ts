import { backend } from "../backend/backend.ts";
import type { FileContents } from "../backend/file-backend.ts";
import { t } from "../words/t.ts";

/** Where the runs stand in the page; `scripts/one-file.ts` puts it there. */
const PLACE = "<!-- runs -->";

/**
 * Runs with the viewer inside, as one HTML file that opens from a disk and asks nobody for
 * anything. It opens with `view`, a query as links have it. Rejects with an `Error` for
 * people where the viewer is not there.
 */
export async function onePage(runs: readonly string[], view: string): Promise<Blob> {
  const response = await fetch(new URL("viewer.html", document.baseURI));
  const template = response.ok ? await response.text() : "";
  const [before, after] = template.split(PLACE);
  if (before === undefined || after === undefined) {
    throw new Error(t("The viewer is not here: it is made when the app is built."));
  }
  const contents: FileContents = {
    view,
    runs: await Promise.all(
      runs.map(async (id) => {
        const [summary, log] = await Promise.all([backend().run(id), backend().logFile(id)]);
        return { summary, log: await log.text() };
      }),
    ),
  };
  const data = `<script type="application/json" id="runs">${embedJson(contents)}</script>`;
  return new Blob([before, data, after], { type: "text/html" });
}

/** JSON that ends no script, whatever a model wrote. */
export function embedJson(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}
