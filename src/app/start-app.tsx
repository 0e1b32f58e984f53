import "./theme.css";
import "./controls.css";
import "./layout.css";
import "./print.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App.tsx";
import { type Backend, connectBackend } from "./backend/backend.ts";
import { withLinkedRuns } from "./backend/linked-runs.ts";
import { withRecordedRuns } from "./backend/recorded-runs.ts";
import { Crash } from "./Crash.tsx";
import { followTheme } from "./follow-theme.ts";
import { followTitle } from "./follow-title.ts";
import { listenToKeys } from "./keyboard.ts";
import { loadTheRest, loadTrees } from "./panels/later.ts";
import { tell, usePage } from "./panels/page.ts";
import { queryClient } from "./queries.ts";
import { refreshRunsWithView } from "./refresh-runs.ts";
import { followMarks } from "./state/bookmarks.ts";
import { followFind } from "./state/find.ts";
import { followUrl } from "./state/follow-url.ts";
import { useView } from "./state/view.ts";
import { followStories } from "./stories/follow-stories.ts";
import { InLanguage } from "./words/InLanguage.tsx";
import { startLanguage } from "./words/language.ts";
import { locale, t } from "./words/t.ts";

/** Time for the page to show itself and its first run, ms. */
const SETTLE_MS = 2000;

/** Shows the app, over this backend; once, for as long as the page lives. */
export function startApp(backend: Backend): void {
  connectBackend(withRecordedRuns(withLinkedRuns(backend, tellOtherWeights)));
  followTheme();
  followTitle();
  followFind();
  followMarks();
  followUrl({
    isReading: () => usePage.getState().reading,
    setReading: (reading) => usePage.setState({ reading }),
    place: () => usePage.getState().place,
    setPlace: (place) => usePage.setState({ place }),
    told: () => {
      const { story, kiosk } = usePage.getState();
      return { story, kiosk };
    },
    setTold: (told) => usePage.setState(told),
    onChange: (listener) => usePage.subscribe(listener),
  });
  followStories();
  listenToKeys();
  refreshRunsWithView();

  const root = document.getElementById("app");
  if (!root) throw new Error("index.html has no element #app");
  // A page that opens with a tree has nothing to show before; others fetch what draws trees meanwhile.
  const trees = loadTrees();
  const opening = useView.getState().runId === null ? null : trees;
  void Promise.all([startLanguage(), opening]).then(() =>
    createRoot(root).render(
      <StrictMode>
        <InLanguage>
          <Crash>
            <QueryClientProvider client={queryClient}>
              <App />
            </QueryClientProvider>
          </Crash>
        </InLanguage>
      </StrictMode>,
    ),
  );

  setTimeout(loadTheRest, SETTLE_MS);
}

/** A link promises a tree that these weights may not grow. */
function tellOtherWeights(models: readonly string[]): void {
  const names = new Intl.ListFormat(locale()).format(models);
  tell(
    t("This link was made with other weights of {names}. Here the tree may be another one.", {
      names,
    }),
  );
}
