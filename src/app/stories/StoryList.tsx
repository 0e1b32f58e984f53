import { STORIES } from "./story-place.ts";
import { openPage } from "./tell-story.ts";

/** The stories that one can be told. */
export function StoryList() {
  return (
    <p className="soft">
      Or be told a story:{" "}
      {STORIES.map(({ name, title }, i) => (
        <span key={name}>
          {i > 0 && " · "}
          <button type="button" className="link" onClick={() => void openPage({ name, page: 0 })}>
            {title}
          </button>
        </span>
      ))}
    </p>
  );
}
