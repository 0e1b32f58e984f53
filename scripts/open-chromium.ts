import { type Browser, chromium, type LaunchOptions } from "@playwright/test";
import { findChromium } from "./find-chromium.ts";

/** A Chromium without a window and without anything of its own to load. */
export function openChromium(): Promise<Browser> {
  return chromium.launch(chromiumOptions());
}

export function chromiumOptions(): LaunchOptions & { args: string[] } {
  return {
    executablePath: findChromium(),
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"],
  };
}
