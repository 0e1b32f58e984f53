import { type ComponentType, Suspense } from "react";
import { backend } from "./backend/backend.ts";
import {
  ComparePage,
  EvaluationsPage,
  HelpDialog,
  ModelsPage,
  Palette,
  RecipePage,
  StoryPanel,
} from "./panels/later.ts";
import { NeedsServer } from "./panels/NeedsServer.tsx";
import { NewRunPanel } from "./panels/new-run/NewRunPanel.tsx";
import { usePage } from "./panels/page.ts";
import { RunsPanel } from "./panels/runs/RunsPanel.tsx";
import { Stage } from "./panels/Stage.tsx";
import { Side } from "./panels/side/Side.tsx";
import { Tabs } from "./panels/Tabs.tsx";
import { TopBar } from "./panels/top-bar/TopBar.tsx";
import { Transport } from "./panels/transport/Transport.tsx";
import type { Place } from "./state/places.ts";
import { useView } from "./state/view.ts";
import { TimelineCanvas } from "./timeline/TimelineCanvas.tsx";
import { t } from "./words/t.ts";

/** What is shown in the place of searches. */
const PAGES: Readonly<Record<Exclude<Place, "search">, ComponentType>> = {
  recipe: RecipePage,
  compare: ComparePage,
  evaluations: EvaluationsPage,
  models: ModelsPage,
};

/** The page: form and runs left, tree in the middle, views of the run right, time below. */
export function App() {
  const tab = usePage((page) => page.tab);
  const place = usePage((page) => page.place);
  const story = usePage((page) => page.story);
  const kiosk = usePage((page) => page.kiosk);
  if (place !== "search") {
    const Page = backend().lacks.has(place) ? NeedsServer : PAGES[place];
    return (
      <div className="app" data-place={place}>
        <TopBar />
        <Suspense>
          <Page />
        </Suspense>
        <Dialogs />
      </div>
    );
  }
  return (
    <div className="app" data-tab={tab} data-story={story?.name} data-kiosk={kiosk || undefined}>
      <TopBar />
      <main>
        <div className="left">
          {story === null ? (
            <>
              {backend().searches && <NewRunPanel />}
              <RunsPanel />
            </>
          ) : (
            <Suspense>
              <StoryPanel place={story} />
            </Suspense>
          )}
        </div>
        <Stage />
        <Side />
        <TimeBar />
      </main>
      <Tabs />
      <Dialogs />
    </div>
  );
}

/** What is over the page while it is open. */
function Dialogs() {
  return (
    <Suspense>
      <HelpDialog />
      <Palette />
    </Suspense>
  );
}

function TimeBar() {
  const isOpen = useView((view) => view.runId !== null);
  if (!isOpen) return null;
  return (
    <section className="time" aria-label={t("Time")}>
      <Transport />
      <TimelineCanvas />
    </section>
  );
}
