import { t } from "../../words/t.ts";
import { useMoment } from "../moment.ts";
import { TurnList } from "./TurnList.tsx";

/** What was asked and answered before the problem of the open run, if anything was. */
export function Conversation() {
  const { tree } = useMoment();
  const turns = tree.started?.earlier ?? [];
  if (turns.length === 0) return null;
  return (
    <section className="conversation" aria-label={t("Earlier in this conversation")}>
      <TurnList turns={turns} />
    </section>
  );
}
