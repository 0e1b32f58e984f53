import type { PolicyConnection } from "../../protocol/connections.ts";
import { Icon } from "../panels/Icon.tsx";
import { inARow } from "../words/node-words.ts";
import { t } from "../words/t.ts";
import { capabilityLines } from "./capability-words.ts";

/** What a probe found out about a policy, line by line. */
export function PolicyFindings({
  connection: { capabilities, api, model },
}: {
  connection: PolicyConnection;
}) {
  if (capabilities === null) return null;
  const { models } = capabilities;
  return (
    <>
      {models !== null && !models.includes(model) && (
        <p className="soft">
          <Icon name="warn" />{" "}
          {models.length === 0
            ? t("It does not list {model}, but nothing.", { model })
            : t("It does not list {model}, but {models}.", {
                ...{ model, models: inARow(models.slice(0, 8)) },
              })}
        </p>
      )}
      <dl className="capabilities">
        {capabilityLines(capabilities, api).map(({ what, has, means }) => (
          <div key={what} data-has={has}>
            <dt>
              {has !== null && <Icon name={has ? "check" : "cross"} />} {what}
            </dt>
            <dd className="soft">{means}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
