import { type Formula, typeset } from "./typeset.ts";

/** Sets formulas one after the other, away from the page: what takes long there blocks nobody. */
addEventListener("message", ({ data }: MessageEvent<Formula>) => postMessage(typeset(data)));
postMessage(null);
