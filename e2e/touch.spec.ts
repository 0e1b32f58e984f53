import { type CDPSession, expect, type Page } from "@playwright/test";
import { nodePanel, toTheEnd } from "./page-parts.ts";
import { startRun } from "./run-api.ts";
import { test } from "./server-fixture.ts";

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

const SPEC = { problem: "2*7*(20-13)+1", seed: 0, policy: "sentei-s", verifier: "sentei-prm" };

test("fingers pan, zoom, select and ask what is under them", async ({ page, server }) => {
  const { id } = await startRun(server, SPEC);
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto(`/?run=${id}`);
  await toTheEnd(page);
  const canvas = page.locator(".tree-canvas");
  const box = (await canvas.boundingBox())!;
  const middle = [box.x + box.width / 2, box.y + box.height / 2] as const;

  const hand = await page.context().newCDPSession(page);
  await fingers(hand, "touchStart", [middle]);
  await fingers(hand, "touchMove", [[middle[0] - 40, middle[1] - 30]]);
  await fingers(hand, "touchEnd", []);
  await expect.poll(() => camera(page)).not.toBeNull();
  const panned = await camera(page);

  await fingers(hand, "touchStart", [
    [middle[0] - 30, middle[1]],
    [middle[0] + 30, middle[1]],
  ]);
  for (const spread of [50, 80, 110]) {
    await fingers(hand, "touchMove", [
      [middle[0] - spread, middle[1]],
      [middle[0] + spread, middle[1]],
    ]);
  }
  await fingers(hand, "touchEnd", []);
  await expect.poll(async () => (await camera(page))!.row).toBeGreaterThan(1.5 * panned!.row);

  await page.getByRole("button", { name: "Fit" }).click();
  await expect.poll(async () => (await camera(page))!.row).toBeLessThan(1.5 * panned!.row);
  const root = [box.x + 37, await rootHeight(page, box.y)] as const;
  await fingers(hand, "touchStart", [root]);
  const tooltip = page.locator(".tree-tooltip");
  await expect(tooltip).toContainText("2*7*(20-13)+1");
  await fingers(hand, "touchEnd", []);
  await expect(tooltip).toBeHidden();

  await page.touchscreen.tap(root[0], root[1]);
  await page.getByRole("navigation").getByRole("button", { name: /^Node/ }).click();
  await expect(nodePanel(page).getByRole("heading").first()).toHaveText("Problem");
});

/** Touch points of the whole screen at one moment. */
async function fingers(
  client: CDPSession,
  type: "touchStart" | "touchMove" | "touchEnd",
  points: readonly (readonly [x: number, y: number])[],
): Promise<void> {
  const touchPoints = points.map(([x, y], id) => ({ x, y, id }));
  await client.send("Input.dispatchTouchEvent", { type, touchPoints });
}

/** Scales of the camera that the address names; null while it follows the tree. */
function camera(page: Page): Promise<{ across: number; row: number } | null> {
  const k = new URL(page.url()).searchParams.get("k");
  const [across = 0, row = 0] = (k ?? "").split("x").map(Number);
  return Promise.resolve(k === null ? null : { across, row });
}

/** Where the root is drawn: the darkest row of its column holds its outline, CSS px of the page. */
function rootHeight(page: Page, top: number): Promise<number> {
  return page.evaluate((offset) => {
    const canvas = document.querySelector<HTMLCanvasElement>(".tree-canvas")!;
    const ratio = devicePixelRatio;
    const left = Math.round(30 * ratio);
    const { data, height } = canvas
      .getContext("2d")!
      .getImageData(left, 0, Math.round(14 * ratio), canvas.height);
    const width = Math.round(14 * ratio);
    const rows = Array.from({ length: height }, (_, y) => {
      let ink = 0;
      for (let x = 0; x < width; x++) ink += data[4 * (y * width + x) + 3]!;
      return y < 60 * ratio ? 0 : ink;
    });
    const most = Math.max(...rows);
    const [first, last] = [rows.indexOf(most), rows.lastIndexOf(most)];
    return offset + (first + last) / 2 / ratio;
  }, top);
}
