import type { Page, TestInfo } from "@playwright/test";

/** Chooses what to save, and gives the file that came of it. */
export async function save(
  page: Page,
  what: string,
  info: TestInfo,
): Promise<{ name: string; file: string }> {
  await page.getByRole("button", { name: "Save", exact: true }).click();
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: what, exact: true }).click();
  const download = await coming;
  await page.keyboard.press("Escape");
  const name = download.suggestedFilename();
  const file = info.outputPath(name);
  await download.saveAs(file);
  return { name, file };
}
