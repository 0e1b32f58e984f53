import "./story.css";
import { useQuery } from "@tanstack/react-query";
import { Icon } from "../panels/Icon.tsx";
import { usePage } from "../panels/page.ts";
import { t } from "../words/t.ts";
import type { Inline } from "./parse-story.ts";
import type { StoryPlace } from "./story-place.ts";
import {
  closeStory,
  showView,
  storyQuery,
  toggleTelling,
  turnPage,
  useTelling,
} from "./tell-story.ts";

/** The page of a story that belongs to the tree on screen. */
export function StoryPanel({ place }: { place: StoryPlace }) {
  const story = useQuery(storyQuery(place.name));
  const kiosk = usePage((page) => page.kiosk);
  if (story.isError) {
    return (
      <section className="panel story" aria-label={t("Story")}>
        <p className="field-error" role="alert">
          {story.error.message}
        </p>
        <button type="button" className="outlined" onClick={closeStory}>
          {t("Leave the story")}
        </button>
      </section>
    );
  }
  const page = story.data?.pages[place.page];
  if (story.data === undefined || page === undefined) return null;
  return (
    <section className="panel story" aria-label={t("Story")}>
      <header>
        <h2>{story.data.title}</h2>
        {!kiosk && (
          <button
            type="button"
            className="icon end"
            aria-label={t("Leave the story")}
            title={t("Leave the story")}
            onClick={closeStory}
          >
            <Icon name="cross" />
          </button>
        )}
      </header>
      <article aria-live="polite">
        <h3>{page.title}</h3>
        {page.paragraphs.map((inlines) => (
          <p key={inlines.map(({ text }) => text).join("")}>
            {inlines.map((inline, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a paragraph never changes
              <Words key={i} inline={inline} place={place} />
            ))}
          </p>
        ))}
      </article>
      <PageTurner page={place.page} pages={story.data.pages.length} />
    </section>
  );
}

function Words({ inline, place }: { inline: Inline; place: StoryPlace }) {
  switch (inline.kind) {
    case "text":
      return inline.text;
    case "emphasis":
      return <em>{inline.text}</em>;
    case "strong":
      return <strong>{inline.text}</strong>;
    case "code":
      return <code>{inline.text}</code>;
    case "link":
      return (
        <button type="button" className="link" onClick={() => showView(inline.view, place)}>
          {inline.text}
        </button>
      );
  }
}

function PageTurner({ page, pages }: { page: number; pages: number }) {
  const isTelling = useTelling((telling) => telling.isTelling);
  return (
    <footer className="page-turner">
      <button
        type="button"
        className="outlined"
        disabled={page === 0}
        onClick={() => void turnPage(-1)}
      >
        {t("Back")}
      </button>
      <button
        type="button"
        className="primary"
        disabled={page === pages - 1}
        onClick={() => void turnPage(1)}
      >
        {t("Next")}
      </button>
      <span className="soft">{t("{page} of {pages}", { page: page + 1, pages })}</span>
      <button
        type="button"
        className="icon end"
        aria-label={t(isTelling ? "Stop turning pages" : "Turn pages by themselves")}
        title={t(isTelling ? "Stop turning pages" : "Turn pages by themselves")}
        onClick={toggleTelling}
      >
        <Icon name={isTelling ? "pause" : "play"} />
      </button>
    </footer>
  );
}
