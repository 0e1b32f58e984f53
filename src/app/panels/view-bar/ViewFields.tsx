import { msg } from "../../../lib/said.ts";
import { setColorBy, setFolding, setLabels, setRaw, setTitles } from "../../state/actions.ts";
import { foldsDead, NO_FOLDING, type Size } from "../../state/reading.ts";
import { useView } from "../../state/view.ts";
import { hasTitles } from "../../step-titles.ts";
import { t } from "../../words/t.ts";
import { useMoment } from "../moment.ts";
import { Lantern } from "./Lantern.tsx";
import { sizesOf } from "./largest.ts";
import { OrderChoice } from "./OrderChoice.tsx";
import { inWords, Segments } from "./Segments.tsx";

const DEAD = [
  {
    value: "auto",
    words: msg("Auto"),
    title: msg("In trees that are too large to read every node"),
  },
  {
    value: "on",
    words: msg("Always"),
    title: msg("What is pruned, with all that is below it, is one mark"),
  },
  {
    value: "off",
    words: msg("Never"),
    title: msg("Everything that was pruned has a mark of its own"),
  },
] as const;

/** How the tree is drawn; `isSet`: not all as it is by default. */
export function ViewFields({ isSet }: { isSet: boolean }) {
  const folding = useView((view) => view.folding);
  const labels = useView((view) => view.labels);
  const raw = useView((view) => view.raw);
  const isFolding = useMoment(({ tree }) => foldsDead(folding, tree.count));
  return (
    <>
      <div className="view-option tight-only">
        <span className="soft">{t("Order")}</span>
        <OrderChoice />
      </div>
      <div className="view-option">
        <span className="soft">{t("Fold what is pruned")}</span>
        <Segments
          label={t("Fold what is pruned")}
          segments={inWords(DEAD)}
          value={folding.dead}
          onChoose={(dead) => setFolding({ dead })}
        />
        <small className="soft">
          {t(isFolding ? "It is folded now." : "It is not folded now.")} <kbd>X</kbd>
        </small>
      </div>
      <div className="view-option snug-only">
        <span className="soft">{t("Fold small subtrees")}</span>
        <Lantern />
      </div>
      <SizeChoice />
      <TextChoice />
      <ColorChoice />
      <div className="view-option">
        <label className="check">
          <input
            type="checkbox"
            checked={labels}
            onChange={(event) => setLabels(event.currentTarget.checked)}
          />
          {t("Text in the tree")}
        </label>
        <label className="check">
          <input
            type="checkbox"
            checked={raw}
            onChange={(event) => setRaw(event.currentTarget.checked)}
          />
          {t("Steps as they are written")} <kbd>R</kbd>
        </label>
      </div>
      <button
        type="button"
        className="outlined"
        disabled={!isSet}
        onClick={() => {
          useView.setState({
            folding: NO_FOLDING,
            labels: true,
            titles: false,
            raw: false,
            colorBy: "search",
          });
        }}
      >
        {t("Reset the view")}
      </button>
    </>
  );
}

const TEXTS = [
  { value: "steps", words: msg("Steps"), title: msg("Steps as the policy wrote them") },
  { value: "titles", words: msg("Titles"), title: msg("What a step does, in a few words") },
] as const;

/** Whether steps are shown themselves or by their titles. */
function TextChoice() {
  const titles = useView((view) => view.titles);
  const canName = useMoment(({ tree }) => hasTitles(tree));
  return (
    <div className="view-option">
      <span className="soft">{t("Nodes show")}</span>
      <Segments
        label={t("Nodes show")}
        segments={inWords(TEXTS)}
        value={titles ? "titles" : "steps"}
        onChoose={(text) => setTitles(text === "titles")}
      />
      <small className="soft">
        {t(canName ? "A rule names each step." : "No rule names the steps of this problem.")}{" "}
        <kbd>I</kbd>
      </small>
    </div>
  );
}

/** Whose scores the tree shows, where there are two verifiers. */
function ColorChoice() {
  const colorBy = useView((view) => view.colorBy);
  const started = useMoment(({ tree }) => (tree.hasSecond ? tree.started : null));
  if (started === null) return null;
  const judges = [
    {
      value: "search",
      words: t("The search's"),
      title: t("{model}: the search decides by it", {
        model: started.verifier?.name ?? t("the policy"),
      }),
    },
    {
      value: "second",
      words: t("The second's"),
      title: t("{model}: it decides nothing", {
        model: started.second?.name ?? t("the second verifier"),
      }),
    },
  ] as const;
  return (
    <div className="view-option">
      <span className="soft">{t("Colours show the scores of")}</span>
      <Segments
        label={t("Colours show the scores of")}
        segments={judges}
        value={colorBy}
        onChoose={setColorBy}
      />
    </div>
  );
}

const SIZE_WORDS: Readonly<Record<Size, string>> = {
  nodes: msg("nodes"),
  visits: msg("visits"),
  tokens: msg("tokens"),
};

/** What the size of a subtree is measured in. */
function SizeChoice() {
  const by = useView((view) => view.folding.by);
  const tree = useMoment((moment) => moment.tree);
  const sizes = sizesOf(tree);
  return (
    <label className="view-option">
      <span className="soft">{t("Size of a subtree in")}</span>
      <select
        value={by}
        onChange={(event) => {
          const chosen = sizes.find((size) => size === event.currentTarget.value);
          if (chosen !== undefined) setFolding({ by: chosen, least: 0 });
        }}
      >
        {sizes.map((size) => (
          <option key={size} value={size}>
            {t(SIZE_WORDS[size])}
          </option>
        ))}
      </select>
    </label>
  );
}
