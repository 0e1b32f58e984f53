import "./needs-server.css";

/** Stands in the place of a page for which this app has no server. */
export function NeedsServer() {
  return (
    <main className="needs-server">
      <h2>This needs a server</h2>
      <p>
        You are looking at Sentei without one: searches run in this browser, and what you see here
        stays in it. Models are trained, and searches evaluated by the thousand, by a server of your
        own. On a copy of the project, <code>npm start</code> is all it takes.
      </p>
    </main>
  );
}
