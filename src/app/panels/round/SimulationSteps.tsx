import type { NodeId } from "../../../protocol/events.ts";
import type { Tree } from "../../../protocol/tree.ts";
import { formatScore } from "../../format.ts";
import { peek, select } from "../../state/actions.ts";
import { requestCamera } from "../../state/camera.ts";
import { useView } from "../../state/view.ts";
import { t, tCount } from "../../words/t.ts";
import { ShortText } from "../ShortText.tsx";
import type { Choice, Simulation } from "./read-simulation.ts";

/** How one simulation went down the tree: the siblings at every step, both terms of the rule, and which was taken. */
export function SimulationSteps({ tree, simulation }: { tree: Tree; simulation: Simulation }) {
  const { levels, worth } = simulation;
  const selected = useView((view) => view.selected);
  return (
    <>
      <ol className="simulation">
        {levels.map((choices) => {
          const parent = tree.parent[choices[0]!.node]!;
          return (
            <li key={parent}>
              <p className="soft">
                {tCount(
                  choices.length,
                  "Step {number}: {count} way on, exploit + explore",
                  "Step {number}: {count} ways on, exploit + explore",
                  { number: tree.depth[parent]! + 1 },
                )}
              </p>
              <ul>
                {choices.map((choice) => (
                  <ChoiceRow
                    key={choice.node}
                    {...{ tree, choice }}
                    isSelected={choice.node === selected}
                  />
                ))}
              </ul>
            </li>
          );
        })}
      </ol>
      <p className="soft">
        {worth === null
          ? t("What this simulation is worth is not known yet.")
          : t("This simulation was worth {worth}, which every step of its path remembers.", {
              worth: formatScore(worth),
            })}
      </p>
    </>
  );
}

interface ChoiceRowProps {
  tree: Tree;
  choice: Choice;
  isSelected: boolean;
}

function ChoiceRow({ tree, choice, isSelected }: ChoiceRowProps) {
  const { node, visits, exploit, explore, isTaken } = choice;
  return (
    <li
      className="candidate-row"
      data-kept={isTaken || undefined}
      aria-current={isSelected || undefined}
    >
      <button
        type="button"
        onClick={() => show(node)}
        onPointerEnter={() => peek(node)}
        onPointerLeave={() => peek(null)}
        onFocus={() => peek(node)}
        onBlur={() => peek(null)}
      >
        <span className="rank">{isTaken ? "→" : ""}</span>
        <span className="candidate-text mono">
          <ShortText text={tree.step(node)} cap={80} />
          {isTaken && <span className="unseen">{t("taken")}</span>}
        </span>
        <span
          className="terms"
          title={tCount(visits, "{count} visit before", "{count} visits before")}
        >
          <b>{(exploit + explore).toFixed(2)}</b>
          <span className="soft">{` = ${formatScore(exploit)} + ${explore.toFixed(2)}`}</span>
        </span>
      </button>
    </li>
  );
}

function show(node: NodeId): void {
  select(node);
  requestCamera({ to: "show", node });
}
