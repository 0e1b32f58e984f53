import type { Page } from "@playwright/test";

/** How alike two pictures are. */
export interface Likeness {
  /** What of the ink of both stands at the same place, in [0, 1]; places are a pixel and its neighbours. */
  readonly shared: number;
  /** Ink of the second picture as a share of the first one's. */
  readonly ratio: number;
  /** Ink of the first, in pixels that are wholly covered. */
  readonly ink: number;
  /** By how much the second one is moved for that, px. */
  readonly shift: readonly [number, number];
}

/**
 * Compares two PNGs of one size by how far each pixel is from the paper, that of the most
 * pixels, moved by up to `reach` px so that they are most alike.
 */
export function likeness(page: Page, first: Buffer, second: Buffer, reach = 3): Promise<Likeness> {
  const pictures = [first.toString("base64"), second.toString("base64")];
  return page.evaluate(compare, { pictures, reach });
}

/** Runs in the page. */
async function compare({ pictures, reach }: { pictures: string[]; reach: number }) {
  const read = async (text: string) => {
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const ctx = new OffscreenCanvas(image.width, image.height).getContext("2d")!;
    ctx.drawImage(image, 0, 0);
    const { data, width, height } = ctx.getImageData(0, 0, image.width, image.height);
    const grey = Float32Array.from({ length: width * height }, (_, i) => data[4 * i + 1]!);
    const often = new Uint32Array(256);
    for (const value of grey) often[value]!++;
    const paper = often.indexOf(Math.max(...often));
    const most = grey.reduce((far, value) => Math.max(far, Math.abs(value - paper)), 1);
    const sharp = grey.map((value) => Math.abs(value - paper) / most);
    const soft = sharp.map((_, i) => {
      let sum = 0;
      for (const dy of [-1, 0, 1])
        for (const dx of [-1, 0, 1]) sum += sharp[i + dy * width + dx] ?? 0;
      return sum / 9;
    });
    return { soft, width, height, ink: sharp.reduce((sum, value) => sum + value) };
  };
  const [a, b] = await Promise.all(pictures.map(read));
  const sharedAt = (dx: number, dy: number) => {
    let [least, most] = [0, 0];
    for (let y = reach; y < a!.height - reach; y++) {
      for (let x = reach; x < a!.width - reach; x++) {
        const one = a!.soft[y * a!.width + x]!;
        const other = b!.soft[(y + dy) * b!.width + x + dx] ?? 0;
        least += Math.min(one, other);
        most += Math.max(one, other);
      }
    }
    return least / most;
  };
  let best = { shared: -1, shift: [0, 0] as [number, number] };
  for (let dy = -reach; dy <= reach; dy++) {
    for (let dx = -reach; dx <= reach; dx++) {
      const shared = sharedAt(dx, dy);
      if (shared > best.shared) best = { shared, shift: [dx, dy] };
    }
  }
  return { ...best, ratio: b!.ink / a!.ink, ink: a!.ink };
}
