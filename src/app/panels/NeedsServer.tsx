import "./needs-server.css";
import { t, tParts } from "../words/t.ts";

/** Stands in the place of a page for which this app has no server. */
export function NeedsServer() {
  return (
    <main className="needs-server">
      <h2>{t("This needs a server")}</h2>
      <p>
        {tParts(
          "You are looking at Sentei without one: searches run in this browser, and what you see here stays in it. Models are trained, and searches evaluated by the thousand, by a server of your own. On a copy of the project, {command} is all it takes.",
          { command: <code>npm start</code> },
        )}
      </p>
    </main>
  );
}
