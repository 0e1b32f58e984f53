import { queryOptions } from "@tanstack/react-query";
import { create } from "zustand";
import { usePage } from "../panels/page.ts";
import { queryClient } from "../queries.ts";
import { locale, t } from "../words/t.ts";
import { parseStory, wordsOf } from "./parse-story.ts";
import { formatStoryPlace, STORIES, type StoryName, type StoryPlace } from "./story-place.ts";

/** Whether pages turn by themselves. */
export const useTelling = create<{ readonly isTelling: boolean }>()(() => ({ isTelling: false }));

/** How long a page stays when pages turn by themselves: a run needs 9 s to play, words need a third of a second. */
const LEAST_MS = 11_000;
const WORD_MS = 330;
/** On a table at a conference: after so long without a touch the story begins again. */
const IDLE_MS = 60_000;

/** A story as it is written, in the language of the reader. Its file is fetched when it is opened. */
export function storyQuery(name: StoryName) {
  return queryOptions({
    queryKey: ["story", name, locale()],
    queryFn: async ({ signal }) => {
      const ask = (file: string) =>
        fetch(new URL(`stories/${file}.md`, document.baseURI), { signal });
      const own = locale() === "en" ? null : await ask(`${locale()}/${name}`);
      // In English it is told to all who have no other.
      const response = own?.ok === true ? own : await ask(name);
      if (!response.ok) {
        throw new Error(
          t("The story cannot be had: status {status}.", { status: String(response.status) }),
        );
      }
      return parseStory(await response.text());
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Shows a page of a story and the view that belongs to it. Does nothing beyond the last page. */
export async function openPage(place: StoryPlace): Promise<void> {
  const story = await queryClient.fetchQuery(storyQuery(place.name));
  const page = story.pages[place.page];
  if (page === undefined) return;
  showView(page.view, place);
}

/** Shows a view that a story links to, and stays in the story. */
export function showView(view: string, place: StoryPlace): void {
  const search = new URLSearchParams(view);
  search.set("story", formatStoryPlace(place)!);
  if (usePage.getState().kiosk) search.set("kiosk", "1");
  history.pushState(null, "", `?${search}`);
  // Whoever follows the address shows what it says, as after Back.
  window.dispatchEvent(new PopStateEvent("popstate"));
}

/** To the next page or the one before; from the last page of one story to the next story where `isEndless`. */
export async function turnPage(by: 1 | -1, { isEndless = false } = {}): Promise<void> {
  const { story: place } = usePage.getState();
  if (place === null) return;
  const { pages } = await queryClient.fetchQuery(storyQuery(place.name));
  const next = { ...place, page: place.page + by };
  if (next.page < pages.length) {
    if (next.page >= 0) await openPage(next);
  } else if (isEndless) await openPage({ name: storyAfter(place.name), page: 0 });
  else useTelling.setState({ isTelling: false });
}

export function toggleTelling(): void {
  useTelling.setState(({ isTelling }) => ({ isTelling: !isTelling }));
}

/** Leaves the story; the run that it shows stays. */
export function closeStory(): void {
  useTelling.setState({ isTelling: false });
  usePage.setState({ story: null, kiosk: false });
}

function storyAfter(name: StoryName): StoryName {
  const i = STORIES.findIndex((story) => story.name === name);
  return STORIES[(i + 1) % STORIES.length]!.name;
}

/** Turns pages by themselves while that is wanted, and in a kiosk begins again when nobody is there. Once, for as long as the page lives. */
export function tellStories(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let told: StoryPlace | null = null;
  const plan = async () => {
    clearTimeout(timer);
    const { story: place, kiosk } = usePage.getState();
    if (place === null) return;
    if (useTelling.getState().isTelling) {
      const { pages } = await queryClient.fetchQuery(storyQuery(place.name));
      const words = wordsOf(pages[place.page] ?? pages[0]!);
      clearTimeout(timer);
      const staysMs = Math.max(LEAST_MS, words * WORD_MS);
      timer = setTimeout(() => void turnPage(1, { isEndless: kiosk }), staysMs);
    } else if (kiosk) timer = setTimeout(beginAgain, IDLE_MS);
  };
  const beginAgain = () => {
    useTelling.setState({ isTelling: true });
    void openPage({ name: STORIES[0].name, page: 0 });
  };
  const planOrSayWhy = () => void plan().catch(() => useTelling.setState({ isTelling: false }));

  usePage.subscribe(({ story }) => {
    if (formatStoryPlace(story) === formatStoryPlace(told)) return;
    told = story;
    planOrSayWhy();
  });
  useTelling.subscribe(planOrSayWhy);
  // Who touches it wants to look for themselves.
  for (const type of ["pointerdown", "keydown", "wheel"] as const) {
    window.addEventListener(type, () => {
      if (!usePage.getState().kiosk) return;
      useTelling.setState({ isTelling: false });
      planOrSayWhy();
    });
  }
  const { story, kiosk } = usePage.getState();
  told = story;
  planOrSayWhy();
  if (kiosk) beginAgain();
  else if (story !== null && !new URLSearchParams(location.search).has("run")) void openPage(story);
}
