import { type Cell, measureCell, type Sample } from "./measure-cell.ts";
import { type Options, sizesOf } from "./options.ts";
import { selfRow, threadsOf } from "./self-table.ts";

/** Measures our own view alone and prints what helps to tune it. */
export async function runSelf(options: Options, url: string): Promise<void> {
  const rows: Record<string, unknown>[] = [];
  for (const shape of options.shapes) {
    for (const nodes of sizesOf(shape, options)) {
      const cell: Cell = { peer: "sentei", shape, nodes };
      const samples: Sample[] = [];
      for (let i = 0; i < options.repetitions; i++) {
        const limits = { batches: 5, frames: 40, framesMs: 6000, own: true };
        const shot =
          options.shots === null ? null : `${options.shots}/${shape}-${nodes}-sentei.png`;
        samples.push(
          await measureCell(cell, { url, limits: { ...limits, giveUpMs: options.giveUpMs }, shot }),
        );
      }
      const row = selfRow(cell, samples);
      rows.push(row);
      console.log(JSON.stringify({ ...row, threads: threadsOf(samples.at(-1)!) }));
    }
  }
  if (options.json) return;
  console.table(rows);
  console.log(SELF_NOTES);
}

const SELF_NOTES = `Medians, ms of the browser's busiest thread (wall). pan, zoom: a frame (p95 from frame to frame, p95 of the main thread's
work in one). addGap: longest silence of the main thread while 100 nodes are added. columnB, buffersB, heapB: bytes a node as
the tree's columns say, of all array buffers, of those when the run has ended, of the JavaScript heaps. ink: % of the pixels.`;
