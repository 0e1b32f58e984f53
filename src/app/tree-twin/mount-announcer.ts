import type { StoreApi } from "zustand";
import type { Moment } from "../panels/moment.ts";
import { roundNews } from "./round-news.ts";

/** Screen readers are told something new at most this often, ms. */
const PACE_MS = 1000;

/** Makes an element the voice of a run: its text is what happened last. Returns what silences it. */
export function mountAnnouncer(
  element: HTMLParagraphElement,
  moment: StoreApi<Moment>,
): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const speak = () => {
    timer = null;
    const { tree, at } = moment.getState();
    const news = roundNews(tree, at);
    if (news !== "" && news !== element.textContent) element.textContent = news;
  };
  const unsubscribe = moment.subscribe(() => {
    timer ??= setTimeout(speak, PACE_MS);
  });
  return () => {
    unsubscribe();
    if (timer !== null) clearTimeout(timer);
  };
}
