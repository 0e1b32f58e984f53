import "./stage.css";
import { Suspense } from "react";
import { useView } from "../state/view.ts";
import { t } from "../words/t.ts";
import { FindBar } from "./find/FindBar.tsx";
import { LaterTree, MirrorView, ReadView } from "./later.ts";
import { Legend } from "./legend/Legend.tsx";
import { Notice } from "./Notice.tsx";
import { usePage } from "./page.ts";
import { StageNotice } from "./StageNotice.tsx";
import { CameraButtons } from "./transport/CameraButtons.tsx";
import { RepeatsHint } from "./view-bar/RepeatsHint.tsx";
import { ViewBar } from "./view-bar/ViewBar.tsx";
import { Welcome } from "./welcome/Welcome.tsx";

/** The middle of the page: the tree and what its marks mean, or what to do to see one. */
export function Stage() {
  const isOpen = useView((view) => view.runId !== null);
  const isMirrored = useView((view) => view.judging.isMirrored);
  const reading = usePage((page) => page.reading);
  if (!isOpen) {
    return (
      <section className="stage" aria-label={t("Tree")}>
        <Welcome />
      </section>
    );
  }
  return (
    <section className="stage" aria-label={t("Tree")}>
      <ViewBar />
      {reading && (
        <Suspense>
          <ReadView />
        </Suspense>
      )}
      <div className="tree-frame" inert={reading}>
        <LaterTree />
        <StageNotice />
        <FindBar />
        <RepeatsHint />
        <Notice />
      </div>
      {isMirrored && (
        <Suspense>
          <MirrorView inert={reading} />
        </Suspense>
      )}
      <div className="stage-bar">
        <Legend />
        {!reading && <CameraButtons />}
      </div>
    </section>
  );
}
