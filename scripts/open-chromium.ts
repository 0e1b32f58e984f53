import { type Browser, chromium } from "@playwright/test";
import { findChromium } from "./find-chromium.ts";

/** A Chromium without a window and without anything of its own to load. */
export function openChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(),
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"],
  });
}
