import { usePage } from "../panels/page.ts";
import type { StoryPlace } from "./story-place.ts";

const loadTelling = () => import("./tell-story.ts");

/** Shows a page of a story; what tells stories is fetched with the first. */
export async function openStory(place: StoryPlace): Promise<void> {
  const { openPage } = await loadTelling();
  await openPage(place);
}

/** Has stories told as soon as there is one to tell; once, for as long as the page lives. */
export function followStories(): void {
  const isWanted = () => usePage.getState().story !== null || usePage.getState().kiosk;
  const begin = () => void loadTelling().then(({ tellStories }) => tellStories());
  if (isWanted()) {
    begin();
    return;
  }
  const stop = usePage.subscribe(() => {
    if (!isWanted()) return;
    stop();
    begin();
  });
}
