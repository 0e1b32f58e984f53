import type { Peer } from "./picture.ts";

/**
 * No library: one canvas with one large rectangle, whatever the tree. What that takes is the
 * browser's own, and no library can be below it; its picture equals nobody's, so it is
 * never the best peer.
 */
export const peer: Peer = {
  paint(_, box) {
    const canvas = document.createElement("canvas");
    canvas.width = box.clientWidth;
    canvas.height = box.clientHeight;
    box.append(canvas);
    const ctx = canvas.getContext("2d")!;
    const draw = () => ctx.fillRect(200, 100, 900, 500);
    draw();
    return { add: draw };
  },
};
