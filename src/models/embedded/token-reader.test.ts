import { expect, test } from "vitest";
import { Pacer } from "./token-reader.ts";

const SIGNAL = new AbortController().signal;

test("a breath comes after every 1e8 operations, however they are cut into calls", async () => {
  for (const rows of [1, 2, 5, 20]) {
    let breaths = 0;
    const pacer = new Pacer(1e7, async () => {
      breaths++;
    });
    for (let done = 0; done < 200; done += rows) await pacer.pace(rows, SIGNAL);
    expect(breaths).toBe(rows === 20 ? 10 : 20);
  }
});

test("an abort while the host breathes is noticed before the work goes on", async () => {
  const controller = new AbortController();
  const pacer = new Pacer(1e8, async () => controller.abort(new Error("enough")));
  await expect(pacer.pace(1, controller.signal)).rejects.toThrow("enough");
});
