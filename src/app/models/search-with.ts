import type { Connection } from "../../protocol/connections.ts";
import { goesOnFromSteps } from "../../protocol/strategy-facts/going-on.ts";
import { defaultStrategy } from "../../protocol/strategy-facts/read-parameters.ts";
import { usesVerifier } from "../../protocol/strategy-facts/table.ts";
import { edit, useDraft } from "../panels/new-run/draft.ts";
import { showTab } from "../panels/page.ts";

/** Opens the form for a run with this model, and a strategy that it can be used by. */
export function searchWith(connection: Connection): void {
  const { strategy } = useDraft.getState();
  const name = `${connection.id}/${connection.model}`;
  if (connection.role === "verifier") {
    edit({
      verifier: name,
      ...(!usesVerifier(strategy) && { strategy: defaultStrategy("beam") }),
      moreOpen: true,
    });
  } else {
    const { api, capabilities } = connection;
    const isWhole = api === "chat" && (capabilities?.continues ?? null) === null;
    edit({
      policy: name,
      ...(isWhole && goesOnFromSteps(strategy) && { strategy: defaultStrategy("majority") }),
      moreOpen: true,
    });
  }
  showTab("new");
}
