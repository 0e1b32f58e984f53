import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";

/** Presses Tab until the element with this name has the focus. */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  await expect(async () => {
    const focused = await page.evaluate(() => {
      const { activeElement } = document;
      return activeElement?.getAttribute("aria-label") ?? activeElement?.textContent ?? "";
    });
    if (typeof name === "string" ? focused === name : name.test(focused)) return;
    await page.keyboard.press("Tab");
    throw new Error(`at "${focused}", on the way to "${name}"`);
  }).toPass({ intervals: [10] });
}
