import { inflateSync } from "node:zlib";

/** Channels that differ from the paper by less are paper, 0–255. */
const TOLERANCE = 6;

/**
 * Share of the pixels of a PNG that are not paper, its most frequent colour.
 * Understands what a browser's screenshots are: 8 bits a channel, RGB or RGBA, not interlaced.
 */
export function inkOf(png: Buffer): number {
  const { pixels, channels } = decode(png);
  const counts = new Map<number, number>();
  const colors = new Uint32Array(pixels.length / channels);
  for (let i = 0; i < colors.length; i++) {
    const at = i * channels;
    const color = (pixels[at]! << 16) | (pixels[at + 1]! << 8) | pixels[at + 2]!;
    colors[i] = color;
    counts.set(color, (counts.get(color) ?? 0) + 1);
  }
  const [paper] = [...counts].reduce((most, entry) => (entry[1] > most[1] ? entry : most));
  let ink = 0;
  for (const [color, count] of counts) if (distance(color, paper) > TOLERANCE) ink += count;
  return ink / colors.length;
}

function distance(a: number, b: number): number {
  return Math.max(...[16, 8, 0].map((bits) => Math.abs(((a >> bits) & 255) - ((b >> bits) & 255))));
}

function decode(png: Buffer): { pixels: Uint8Array; channels: number } {
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const [bits, kind, , , interlace] = png.subarray(24, 29);
  const channels = kind === 6 ? 4 : kind === 2 ? 3 : 0;
  if (bits !== 8 || channels === 0 || interlace !== 0) throw new Error("unexpected kind of PNG");
  const compressed: Buffer[] = [];
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12) {
    if (png.toString("latin1", at + 4, at + 8) !== "IDAT") continue;
    compressed.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  return {
    pixels: unfilter(inflateSync(Buffer.concat(compressed)), { width, height, channels }),
    channels,
  };
}

/** PNG (2nd edition), section 9: every line says how it was predicted from its left and upper neighbours. */
function unfilter(
  raw: Uint8Array,
  { width, height, channels }: { width: number; height: number; channels: number },
): Uint8Array {
  const stride = width * channels;
  const out = new Uint8Array(stride * height);
  for (let row = 0; row < height; row++) {
    const filter = raw[row * (stride + 1)]!;
    const from = row * (stride + 1) + 1;
    const to = row * stride;
    for (let i = 0; i < stride; i++) {
      const left = i >= channels ? out[to + i - channels]! : 0;
      const up = row > 0 ? out[to + i - stride]! : 0;
      const upLeft = row > 0 && i >= channels ? out[to + i - stride - channels]! : 0;
      out[to + i] = raw[from + i]! + predicted(filter, left, up, upLeft);
    }
  }
  return out;
}

function predicted(filter: number, left: number, up: number, upLeft: number): number {
  switch (filter) {
    case 0:
      return 0;
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    default:
      return paeth(left, up, upLeft);
  }
}

function paeth(left: number, up: number, upLeft: number): number {
  const guess = left + up - upLeft;
  const [toLeft, toUp, toUpLeft] = [left, up, upLeft].map((value) => Math.abs(guess - value));
  if (toLeft! <= toUp! && toLeft! <= toUpLeft!) return left;
  return toUp! <= toUpLeft! ? up : upLeft;
}
