import { AnswersPanel } from "../answers/AnswersPanel.tsx";
import { NodePanel } from "../node/NodePanel.tsx";

/** The selected step and, where there is room for both, the answers below it. */
export function StepTab() {
  return (
    <>
      <NodePanel />
      <AnswersPanel />
    </>
  );
}
