import { cameraView, onCameraMove, reportCamera, requestCamera } from "./camera.ts";
import {
  closeSession,
  currentSession,
  openSession,
  selectWhenKnown,
  wantedNode,
} from "./page-session.ts";
import { formatLink, type LinkedView, parseLink } from "./url.ts";
import { useView } from "./view.ts";

/** A moment or a camera is written to the address bar after this much quiet, ms. */
const QUIET_MS = 400;

/**
 * Shows what the page's address says, and keeps the address saying what is shown:
 * a new entry in the history for a new run or node, in place for the rest. Runs
 * once, for as long as the page lives.
 */
export function followUrl(): void {
  let written = location.search;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const write = () => {
    clearTimeout(timer);
    const link = linkedView();
    const query = formatLink(link);
    if (query === formatLink(parseLink(written))) return;
    const before = parseLink(written);
    const isNew = link.run !== before.run || link.node !== before.node;
    written = query;
    const address = query === "" ? location.pathname : query;
    if (isNew) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
  };
  let isRestoring = false;
  const note = () => {
    // A view that is half of the old address and half of the new one is nobody's.
    if (isRestoring) return;
    const { run, node } = linkedView();
    const before = parseLink(written);
    clearTimeout(timer);
    if (run !== before.run || node !== before.node) write();
    else timer = setTimeout(write, QUIET_MS);
  };

  restore(parseLink(written));
  useView.subscribe(note);
  onCameraMove(note);
  window.addEventListener("popstate", () => {
    written = location.search;
    isRestoring = true;
    restore(parseLink(written));
    isRestoring = false;
  });
}

/** What a link to what is shown now holds. */
function linkedView(): LinkedView {
  const { runId, following } = useView.getState();
  return {
    run: runId,
    node: wantedNode(),
    at: currentSession()?.heldAt ?? null,
    camera: following ? null : cameraView(),
  };
}

function restore({ run, node, at, camera }: LinkedView): void {
  if (run === null) {
    closeSession();
    return;
  }
  if (run !== useView.getState().runId) {
    openSession(run, at === null ? { from: "newest" } : { from: "seq", at });
  } else if (at === null) {
    currentSession()?.goLive();
  } else {
    currentSession()?.hold(at);
  }
  selectWhenKnown(node);
  useView.setState({ following: camera === null });
  if (camera === null) reportCamera(null);
  else requestCamera({ to: "place", view: camera });
}
