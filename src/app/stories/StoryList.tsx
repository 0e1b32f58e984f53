import { t } from "../words/t.ts";
import { openStory } from "./follow-stories.ts";
import { STORIES } from "./story-place.ts";

/** The stories that one can be told. */
export function StoryList() {
  return (
    <p className="soft">
      {t("Or be told a story:")}{" "}
      {STORIES.map(({ name, title }, i) => (
        <span key={name}>
          {i > 0 && " · "}
          <button type="button" className="link" onClick={() => void openStory({ name, page: 0 })}>
            {t(title)}
          </button>
        </span>
      ))}
    </p>
  );
}
