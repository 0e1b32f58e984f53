import "./top-bar.css";
import { useRunSummary } from "../../queries.ts";
import { useView } from "../../state/view.ts";
import { LanguageSwitch } from "../../words/LanguageSwitch.tsx";
import { useMoment } from "../moment.ts";
import { usePage } from "../page.ts";
import { PaletteButton } from "../palette/PaletteButton.tsx";
import { Brand } from "./Brand.tsx";
import { CopyLink } from "./CopyLink.tsx";
import { HelpButton } from "./HelpButton.tsx";
import { Places } from "./Places.tsx";
import { ResumeButton } from "./ResumeButton.tsx";
import { RunStatusBadge } from "./RunStatusBadge.tsx";
import { RunTitle } from "./RunTitle.tsx";
import { runStatus } from "./run-status.ts";
import { SourceControls } from "./SourceControls.tsx";
import { ThemeSwitch } from "./ThemeSwitch.tsx";

/** What is open, how it is doing, and what can be done to it at its source. */
export function TopBar() {
  const place = usePage((page) => page.place);
  return (
    <header className="top-bar">
      <Brand />
      <Places />
      {place === "search" ? <OpenRun /> : <div className="open-run" />}
      <div className="end-controls">
        <PaletteButton />
        <LanguageSwitch />
        <ThemeSwitch />
        <HelpButton />
      </div>
    </header>
  );
}

function OpenRun() {
  const runId = useView((view) => view.runId);
  const connection = useView((view) => view.connection);
  const { tree } = useMoment();
  const paused = tree.pausedAt();
  const summary = useRunSummary(runId, connection.state).data;
  if (runId === null) return <div className="open-run" />;
  const status = runStatus({
    connection,
    seq: tree.seq,
    ending: tree.ending,
    paused,
    server: summary?.status ?? null,
    error: summary?.error ?? null,
  });
  const stopped =
    tree.ending === null ? summary?.status === "interrupted" : tree.ending.type !== "finished";
  const isLive = connection.state === "live" && tree.ending === null;
  return (
    <div className="open-run">
      <RunTitle
        problem={tree.started?.problem ?? summary?.problem ?? null}
        strategy={tree.started?.strategy ?? summary?.strategy ?? null}
        policy={tree.started?.policy ?? summary?.policy ?? null}
        seed={tree.started?.seed ?? summary?.seed ?? null}
      />
      <RunStatusBadge status={status} />
      {tree.started !== null && <CopyLink key={runId} started={tree.started} />}
      {isLive && <SourceControls paused={paused} />}
      {stopped && tree.unit === "step" && <ResumeButton key={runId} runId={runId} />}
    </div>
  );
}
