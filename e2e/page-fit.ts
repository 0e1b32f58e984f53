import { expect, type Page } from "@playwright/test";
import { brokenRules } from "./axe.ts";

/**
 * What a program can say of how a page looks: it never scrolls sideways, nothing that can be pressed
 * reaches out of the window, is cut off, or lies under something else, and axe has nothing to say.
 */
export async function expectToFit(page: Page, state: string): Promise<void> {
  expect.soft(await page.evaluate(misfits), state).toEqual([]);
}

/** No rule of axe is broken, of whichever weight; fingers have room for what they press. */
export async function expectAccessible(page: Page, state: string): Promise<void> {
  expect.soft(await brokenRules(page, { fingers: true }), state).toEqual([]);
}

/** Runs in the page. What is wrong with it, in words. */
function misfits(): string[] {
  const { scrollWidth, clientWidth, clientHeight } = document.documentElement;
  const found: string[] = [];
  if (scrollWidth > clientWidth) found.push(`the page is ${scrollWidth - clientWidth} px too wide`);
  const top = document.querySelector("dialog[open]") ?? document.querySelector(":popover-open");
  const controls = (top ?? document).querySelectorAll<HTMLElement>(
    "button, input, select, textarea, summary, h1, h2, output, [role=status], [role=option]",
  );
  for (const control of controls) {
    const name = `"${control.getAttribute("aria-label") ?? control.textContent?.trim()}"`;
    const box = seen(control);
    if (box === null) continue;
    const { display, overflowX } = getComputedStyle(control);
    const isBox = display !== "inline" && !control.matches("input, select, textarea");
    if (isBox && overflowX === "visible" && control.scrollWidth > control.clientWidth + 1) {
      found.push(`${name} has no room`);
    }
    if (box.left < -1 || box.right > clientWidth + 1) found.push(`${name} is out of the window`);
    if (control.matches("[role=status]:empty")) continue;
    const x = (box.left + box.right) / 2;
    const y = (box.top + box.bottom) / 2;
    if (y < 0 || y > clientHeight) continue;
    const hit = document.elementFromPoint(x, y);
    if (hit === null || isSame(control, hit)) continue;
    found.push(`${name} lies under <${hit.tagName.toLowerCase()} class="${hit.className}">`);
  }
  return found;

  /** Whether one is within the other, or its label. */
  function isSame(control: Element, hit: Element): boolean {
    if (control.contains(hit) || hit.contains(control)) return true;
    return hit.closest("label")?.contains(control) ?? false;
  }

  /** The part of an element that no scroller hides; null if there is next to nothing of it. */
  function seen(element: HTMLElement): DOMRect | null {
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: false })) return null;
    if (element.closest(".unseen, [inert]")) return null;
    let { left, top: upper, right, bottom } = element.getBoundingClientRect();
    for (let at = element.parentElement; at !== null; at = at.parentElement) {
      const style = getComputedStyle(at);
      const box = at.getBoundingClientRect();
      if (style.overflowX === "auto" || style.overflowX === "scroll") {
        left = Math.max(left, box.left);
        right = Math.min(right, box.right);
      }
      if (style.overflowY === "auto" || style.overflowY === "scroll") {
        upper = Math.max(upper, box.top);
        bottom = Math.min(bottom, box.bottom);
      }
    }
    const isSeen = right - left >= 4 && bottom - upper >= 4;
    return isSeen ? new DOMRect(left, upper, right - left, bottom - upper) : null;
  }
}
