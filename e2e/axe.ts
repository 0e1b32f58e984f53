import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** What axe looks at: the page, or one part of it; with room for fingers where that is asked. */
interface Sight {
  readonly within?: string;
  readonly fingers?: boolean;
}

/**
 * The rules of axe that the page breaks, each with the elements that break it, `rule: element, …`.
 * Colours that are on their way from one state or theme to the next are waited for: half way they
 * have a contrast that nobody is shown for long.
 */
export async function brokenRules(page: Page, { within, fingers }: Sight = {}): Promise<string[]> {
  await page.evaluate(colorsAtRest);
  const axe = new AxeBuilder({ page });
  if (within !== undefined) axe.include(within);
  axe.options({
    // The one rule that fetches style sheets anew, and complains to the console when one is late, is about zoom on phones.
    preload: false,
    ...(fingers === true && { rules: { "target-size": { enabled: true } } }),
  });
  const { violations } = await axe.analyze();
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`,
  );
}

/** Runs in the page. A change of style begins its transitions with the next frame. */
async function colorsAtRest(): Promise<void> {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  await frame();
  await frame();
  const moving = document.getAnimations().filter((each) => each instanceof CSSTransition);
  await Promise.allSettled(moving.map(({ finished }) => finished));
}
