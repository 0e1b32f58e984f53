import { setColorBy, setFolding, setLabels, setRaw, setTitles } from "../../state/actions.ts";
import { foldsDead, NO_FOLDING, type Size } from "../../state/reading.ts";
import { useView } from "../../state/view.ts";
import { hasTitles } from "../../step-titles.ts";
import { useMoment } from "../moment.ts";
import { Lantern } from "./Lantern.tsx";
import { sizesOf } from "./largest.ts";
import { OrderChoice } from "./OrderChoice.tsx";
import { Segments } from "./Segments.tsx";

const DEAD = [
  { value: "auto", words: "Auto", title: "In trees that are too large to read every node" },
  { value: "on", words: "Always", title: "What is pruned, with all that is below it, is one mark" },
  { value: "off", words: "Never", title: "Everything that was pruned has a mark of its own" },
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
        <span className="soft">Order</span>
        <OrderChoice />
      </div>
      <div className="view-option">
        <span className="soft">Fold what is pruned</span>
        <Segments
          label="Fold what is pruned"
          segments={DEAD}
          value={folding.dead}
          onChoose={(dead) => setFolding({ dead })}
        />
        <small className="soft">
          {isFolding ? "It is folded now." : "It is not folded now."} <kbd>X</kbd>
        </small>
      </div>
      <div className="view-option snug-only">
        <span className="soft">Fold small subtrees</span>
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
          Text in the tree
        </label>
        <label className="check">
          <input
            type="checkbox"
            checked={raw}
            onChange={(event) => setRaw(event.currentTarget.checked)}
          />
          Steps as they are written <kbd>R</kbd>
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
        Reset the view
      </button>
    </>
  );
}

const TEXTS = [
  { value: "steps", words: "Steps", title: "Steps as the policy wrote them" },
  { value: "titles", words: "Titles", title: "What a step does, in a few words" },
] as const;

/** Whether steps are shown themselves or by their titles. */
function TextChoice() {
  const titles = useView((view) => view.titles);
  const canName = useMoment(({ tree }) => hasTitles(tree));
  return (
    <div className="view-option">
      <span className="soft">Nodes show</span>
      <Segments
        label="Nodes show"
        segments={TEXTS}
        value={titles ? "titles" : "steps"}
        onChoose={(text) => setTitles(text === "titles")}
      />
      <small className="soft">
        {canName ? "A rule names each step." : "No rule names the steps of this problem."}{" "}
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
      words: "The search's",
      title: `${started.verifier?.name ?? "the policy"}: the search decides by it`,
    },
    {
      value: "second",
      words: "The second's",
      title: `${started.second?.name ?? "the second verifier"}: it decides nothing`,
    },
  ] as const;
  return (
    <div className="view-option">
      <span className="soft">Colours show the scores of</span>
      <Segments
        label="Colours show the scores of"
        segments={judges}
        value={colorBy}
        onChoose={setColorBy}
      />
    </div>
  );
}

const SIZE_WORDS: Readonly<Record<Size, string>> = {
  nodes: "nodes",
  visits: "visits",
  tokens: "tokens",
};

/** What the size of a subtree is measured in. */
function SizeChoice() {
  const by = useView((view) => view.folding.by);
  const tree = useMoment((moment) => moment.tree);
  const sizes = sizesOf(tree);
  return (
    <label className="view-option">
      <span className="soft">Size of a subtree in</span>
      <select
        value={by}
        onChange={(event) => {
          const chosen = sizes.find((size) => size === event.currentTarget.value);
          if (chosen !== undefined) setFolding({ by: chosen, least: 0 });
        }}
      >
        {sizes.map((size) => (
          <option key={size} value={size}>
            {SIZE_WORDS[size]}
          </option>
        ))}
      </select>
    </label>
  );
}
