import "../protocol/no-eval.ts";
import "./theme.css";
import "./controls.css";
import "./embed/embed.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Crash } from "./Crash.tsx";
import { answerParent } from "./embed/answer-parent.ts";
import { allowedOrigins } from "./embed/frame-messages.ts";
import { createReasoningTree } from "./embed/reasoning-tree.ts";
import { TreeOf } from "./embed/TreeOf.tsx";
import { startLanguage } from "./words/language.ts";

/** The page for a frame in somebody else's page: a tree alone, commanded by the page around it. */
const root = document.getElementById("app");
if (!root) throw new Error("embed.html has no element #app");
const tree = createReasoningTree();
tree.pane.view.subscribe(({ theme }) => {
  if (theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
});
answerParent(tree, allowedOrigins(location.search, location.origin));
const show = () =>
  createRoot(root).render(
    <StrictMode>
      <Crash>
        <main className="embed">
          <TreeOf tree={tree} />
        </main>
      </Crash>
    </StrictMode>,
  );
// A frame without an origin of its own may not ask what was chosen: English, then.
void startLanguage().then(show, show);
