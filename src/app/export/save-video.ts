import { goLive, seek, togglePlay } from "../state/actions.ts";
import { useView } from "../state/view.ts";
import { t } from "../words/t.ts";

/** Kinds of video that browsers write, those first that play everywhere. */
const KINDS = ["video/mp4;codecs=avc1.42E01E", "video/webm;codecs=vp9", "video/webm"];

/** Frames a second, and bits a second: lines and small text stay sharp. */
const FPS = 30;
const BITS = 12_000_000;
/** How long the last picture stands, ms. */
const REST_MS = 1500;

/**
 * Plays the run that is open from its first event, at the speed that is set, and
 * records the tree while it does. Ends early, with what there is, if somebody stops
 * the playback or opens another run. Rejects with an `Error` for people where the
 * browser cannot do it.
 */
export async function recordVideo(): Promise<Blob> {
  const canRecord = typeof MediaRecorder !== "undefined";
  const mimeType = canRecord
    ? KINDS.find((kind) => MediaRecorder.isTypeSupported(kind))
    : undefined;
  const canvas = document.querySelector<HTMLCanvasElement>(".stage .tree-canvas");
  if (mimeType === undefined || canvas === null) {
    throw new Error(t("This browser cannot record a video of a page."));
  }
  const film = onPaper(canvas);
  const stream = film.canvas.captureStream(FPS);
  const recorder = new MediaRecorder(stream, { mimeType, videoBitsPerSecond: BITS });
  const parts: Blob[] = [];
  recorder.addEventListener("dataavailable", ({ data }) => parts.push(data));
  const stopped = new Promise((resolve) => recorder.addEventListener("stop", resolve));
  seek(0);
  await nextFrame();
  recorder.start();
  togglePlay();
  await playedToItsEnd();
  await new Promise((resolve) => setTimeout(resolve, REST_MS));
  recorder.stop();
  await stopped;
  for (const track of stream.getTracks()) track.stop();
  film.end();
  goLive();
  return new Blob(parts, { type: mimeType });
}

/** A canvas that shows another one, frame by frame, on the page's own ground: the tree's is clear. */
function onPaper(source: HTMLCanvasElement): { canvas: HTMLCanvasElement; end: () => void } {
  const { width, height } = source;
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = canvas.getContext("2d")!;
  let frame = 0;
  const draw = () => {
    context.fillStyle = getComputedStyle(document.body).backgroundColor;
    context.fillRect(0, 0, width, height);
    context.drawImage(source, 0, 0, width, height);
    frame = requestAnimationFrame(draw);
  };
  draw();
  return { canvas, end: () => cancelAnimationFrame(frame) };
}

function nextFrame(): Promise<unknown> {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}

/** Settles when the playhead has come to rest, wherever that is. */
async function playedToItsEnd(): Promise<void> {
  const { runId } = useView.getState();
  await nextFrame();
  return new Promise((resolve) => {
    const look = () => {
      const view = useView.getState();
      if (view.playing && view.runId === runId) return;
      stop();
      resolve();
    };
    const stop = useView.subscribe(look);
    look();
  });
}
