import "../protocol/no-eval.ts";
import { FileContents, fileBackend } from "./backend/file-backend.ts";
import { startApp } from "./start-app.tsx";

/** The page that is one file, with the runs that it shows inside. */
const data = document.getElementById("runs")?.textContent;
if (data === undefined || data === null) throw new Error("this page holds no runs");
const contents = FileContents.parse(JSON.parse(data));
if (location.search === "" && contents.view !== "") {
  history.replaceState(null, "", contents.view);
}
startApp(fileBackend(contents));
