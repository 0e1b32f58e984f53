import type { NodeId } from "../../protocol/events.ts";
import { isRunLink } from "../../protocol/run-link-id.ts";
import { RECORDED } from "../backend/recorded-id.ts";
import { cameraView, onCameraMove, reportCamera, requestCamera } from "./camera.ts";
import { NO_COMPARISON, useCompared } from "./compared.ts";
import { NO_EVALUATION, useEvaluated } from "./evaluated.ts";
import { findText } from "./find.ts";
import { NO_JUDGING } from "./judging.ts";
import {
  closeSession,
  currentSession,
  openSession,
  selectWhenKnown,
  wantedNode,
} from "./page-session.ts";
import type { Place } from "./places.ts";
import type { Beginning } from "./run-session.ts";
import { formatLink, type LinkedView, parseLink } from "./url.ts";
import { useView, type View } from "./view.ts";

/** A moment or a camera is written to the address bar after this much quiet, ms. */
const QUIET_MS = 400;

/** The story that is told beside the tree, if any. */
type Told = Pick<LinkedView, "story" | "kiosk">;

/** What the page outside of the run's view shows. */
export interface PageLink {
  readonly isReading: () => boolean;
  readonly setReading: (reading: boolean) => void;
  readonly place: () => Place;
  readonly setPlace: (place: Place) => void;
  readonly told: () => Told;
  readonly setTold: (told: Told) => void;
  /** Calls back when that has changed. */
  readonly onChange: (listener: () => void) => void;
}

/** The node of a run that a link shows as the root and that the log has not announced yet. */
let awaited: { readonly run: string; readonly top: NodeId } | null = null;

/**
 * Shows what the page's address says, and keeps the address saying what is shown:
 * a new entry in the history for a new run, node or part of the tree, in place for
 * the rest. Runs once, for as long as the page lives.
 */
export function followUrl(page: PageLink): void {
  let written = parseLink(location.search);
  let timer: ReturnType<typeof setTimeout> | undefined;

  const write = () => {
    clearTimeout(timer);
    const link = linkedView(page);
    const query = formatLink(link);
    if (query === formatLink(written)) return;
    const isNew = isElsewhere(link, written);
    written = parseLink(query);
    const address = query === "" ? location.pathname : query;
    if (isNew) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
  };
  let isRestoring = false;
  const note = () => {
    // A view that is half of the old address and half of the new one is nobody's.
    if (isRestoring) return;
    clearTimeout(timer);
    // What changes at once, such as page and run, is one step back.
    if (isElsewhere(linkedView(page), written)) queueMicrotask(write);
    else timer = setTimeout(write, QUIET_MS);
  };

  restore(written, page);
  useView.subscribe((view) => {
    hoistWhenKnown(view);
    note();
  });
  page.onChange(note);
  useCompared.subscribe(note);
  useEvaluated.subscribe(note);
  onCameraMove(note);
  window.addEventListener("popstate", () => {
    written = parseLink(location.search);
    isRestoring = true;
    restore(written, page);
    isRestoring = false;
  });
}

/** Whether a view is of something else, so that one may want to go back from it. */
function isElsewhere(view: LinkedView, before: LinkedView): boolean {
  const isOther =
    view.compared.runs.join() !== before.compared.runs.join() ||
    view.evaluated.id !== before.evaluated.id;
  return (
    isOther ||
    (["run", "node", "top", "place"] as const).some((part) => view[part] !== before[part])
  );
}

/** What a link to what is shown now holds. */
function linkedView(page: PageLink): LinkedView {
  const { runId, following, order, top, folding, find, filter, brush } = useView.getState();
  const { titles, raw, colorBy, domain, judging } = useView.getState();
  return {
    run: runId,
    node: wantedNode(),
    at: currentSession()?.heldAt ?? null,
    camera: following ? null : cameraView(),
    order,
    top: awaited?.run === runId ? awaited.top : top,
    folding,
    find: find.query,
    filter,
    brush,
    ...{ titles, raw, colorBy, domain },
    judging: judging.isMirrored ? judging : NO_JUDGING,
    reading: runId !== null && page.isReading(),
    place: page.place(),
    ...page.told(),
    compared: page.place() === "compare" ? useCompared.getState() : NO_COMPARISON,
    evaluated: page.place() === "evaluations" ? useEvaluated.getState() : NO_EVALUATION,
  };
}

function restore(link: LinkedView, page: PageLink): void {
  const { run, node, at, camera } = link;
  awaited = null;
  page.setReading(link.reading);
  if (link.place === "compare") useCompared.setState(link.compared);
  if (link.place === "evaluations") useEvaluated.setState(link.evaluated);
  page.setPlace(link.place);
  page.setTold({ story: link.story, kiosk: link.kiosk });
  if (run === null) {
    closeSession();
    return;
  }
  if (run !== useView.getState().runId) {
    openSession(run, beginningOf(link));
  } else if (at === null) {
    currentSession()?.goLive();
  } else {
    currentSession()?.hold(at);
  }
  const { order, folding, filter, brush, titles, raw, colorBy, domain, judging } = link;
  findText(link.find);
  useView.setState({ order, folding, filter, brush, titles, raw, colorBy, domain, judging });
  awaited = { run, top: link.top };
  hoistWhenKnown(useView.getState());
  selectWhenKnown(node);
  useView.setState({ following: camera === null });
  if (camera === null) reportCamera(null);
  else requestCamera({ to: "place", view: camera });
}

/** A run that is in the link itself, or beside the page, is seen to grow, unless the link says which moment to show. */
function beginningOf({ run, at }: LinkedView): Beginning {
  if (at !== null) return { from: "seq", at };
  return { from: run !== null && (isRunLink(run) || RECORDED.test(run)) ? "start" : "newest" };
}

/** Shows the part of the tree that a link names as soon as the log has announced its root. */
function hoistWhenKnown({ runId, tree, top }: View): void {
  if (awaited === null || (awaited.run === runId && awaited.top >= tree.count)) return;
  const known = awaited;
  awaited = null;
  if (known.run === runId && known.top !== top) useView.setState({ top: known.top });
}
