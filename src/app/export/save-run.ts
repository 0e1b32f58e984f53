import { fetchLog } from "../state/api.ts";
import { requestTreePicture } from "../state/picture-request.ts";
import { useView } from "../state/view.ts";
import { nodesCsv } from "./nodes-csv.ts";
import { onePage } from "./one-page.ts";
import { fileName, saveFile } from "./save-file.ts";
import { recordVideo } from "./save-video.ts";

/** What of a run can be saved. */
export type Saved = keyof typeof FILES;

interface File {
  readonly ending: string;
  readonly make: (run: string) => Promise<Blob>;
}

const FILES = {
  viewPng: { ending: "png", make: () => requestTreePicture({ of: "view", format: "png" }) },
  viewSvg: { ending: "svg", make: () => requestTreePicture({ of: "view", format: "svg" }) },
  treePng: { ending: "png", make: () => requestTreePicture({ of: "tree", format: "png" }) },
  treeSvg: { ending: "svg", make: () => requestTreePicture({ of: "tree", format: "svg" }) },
  page: { ending: "html", make: (run: string) => onePage([run], location.search) },
  nodes: {
    ending: "csv",
    make: async () => new Blob([nodesCsv(useView.getState().tree)], { type: "text/csv" }),
  },
  log: { ending: "ndjson", make: (run: string) => fetchLog(run) },
  video: { ending: "webm", make: recordVideo },
} satisfies Readonly<Record<string, File>>;

/** Saves something of the run that is open. Rejects with an `Error` for people. */
export async function save(what: Saved): Promise<void> {
  const { runId, tree } = useView.getState();
  if (runId === null) return;
  const { ending, make } = FILES[what];
  const content = await make(runId);
  // A browser may write another kind of video than the usual one.
  const isMp4 = content.type.startsWith("video/mp4");
  saveFile(content, fileName(tree.started?.problem.text ?? "", isMp4 ? "mp4" : ending));
}
