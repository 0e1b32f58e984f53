import { type ComponentType, Suspense } from "react";
import { HelpDialog } from "./panels/help/HelpDialog.tsx";
import { RecipePage } from "./panels/later.ts";
import { NewRunPanel } from "./panels/new-run/NewRunPanel.tsx";
import { usePage } from "./panels/page.ts";
import { Palette } from "./panels/palette/Palette.tsx";
import { RunsPanel } from "./panels/runs/RunsPanel.tsx";
import { Stage } from "./panels/Stage.tsx";
import { Side } from "./panels/side/Side.tsx";
import { Tabs } from "./panels/Tabs.tsx";
import { TopBar } from "./panels/top-bar/TopBar.tsx";
import { Transport } from "./panels/transport/Transport.tsx";
import type { Place } from "./state/places.ts";
import { useView } from "./state/view.ts";
import { TimelineCanvas } from "./timeline/TimelineCanvas.tsx";

/** What is shown in the place of searches. */
const PAGES: Readonly<Record<Exclude<Place, "search">, ComponentType>> = {
  recipe: RecipePage,
};

/** The page: form and runs left, tree in the middle, views of the run right, time below. */
export function App() {
  const tab = usePage((page) => page.tab);
  const place = usePage((page) => page.place);
  if (place !== "search") {
    const Page = PAGES[place];
    return (
      <div className="app" data-place={place}>
        <TopBar />
        <Suspense>
          <Page />
        </Suspense>
        <HelpDialog />
        <Palette />
      </div>
    );
  }
  return (
    <div className="app" data-tab={tab}>
      <TopBar />
      <main>
        <div className="left">
          <NewRunPanel />
          <RunsPanel />
        </div>
        <Stage />
        <Side />
        <TimeBar />
      </main>
      <Tabs />
      <HelpDialog />
      <Palette />
    </div>
  );
}

function TimeBar() {
  const isOpen = useView((view) => view.runId !== null);
  if (!isOpen) return null;
  return (
    <section className="time" aria-label="Time">
      <Transport />
      <TimelineCanvas />
    </section>
  );
}
