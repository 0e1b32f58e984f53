import type { Connection } from "../../protocol/connections.ts";
import { goesOnFromSteps } from "../../protocol/strategy-facts/going-on.ts";
import { defaultStrategy } from "../../protocol/strategy-facts/read-parameters.ts";
import { edit, useDraft } from "../panels/new-run/draft.ts";
import { showTab } from "../panels/page.ts";

/** Opens the form for a run with this model, and a strategy that it can be used by. */
export function searchWith({ id, model, api, capabilities }: Connection): void {
  const { strategy } = useDraft.getState();
  const isWhole = api === "chat" && (capabilities?.continues ?? null) === null;
  edit({
    policy: `${id}/${model}`,
    ...(isWhole && goesOnFromSteps(strategy) && { strategy: defaultStrategy("majority") }),
    moreOpen: true,
  });
  showTab("new");
}
