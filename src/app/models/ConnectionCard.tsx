import { useState } from "react";
import type { Connection } from "../../protocol/connections.ts";
import { formatDuration } from "../format.ts";
import { Icon } from "../panels/Icon.tsx";
import { capabilityLines } from "./capability-words.ts";
import { changeConnection, probe, removeConnection, useEditing } from "./connection-draft.ts";
import { searchWith } from "./search-with.ts";

const KEY_WORDS: Readonly<Record<Connection["key"], string>> = {
  none: "no key",
  stored: "key set",
  environment: "key from the environment",
};

/** One connected server: what it is, what it can do, and what can be done with it. */
export function ConnectionCard({ connection }: { connection: Connection }) {
  const { id, url, model, key, capabilities, api } = connection;
  const isProbing = useEditing((editing) => editing.probing.has(id));
  const fault = useEditing((editing) => editing.faults.get(id) ?? null);
  const titleId = `connection-${id}`;
  return (
    <section className="connection" aria-labelledby={titleId}>
      <header>
        <h3 id={titleId}>{id}</h3>
        <p className="soft">
          <span className="mono">{model}</span> at <span className="mono">{url}</span> · {api} ·{" "}
          {KEY_WORDS[key]}
        </p>
      </header>
      <div role="status" className="probe-status">
        {isProbing && <p>Asking it a few short questions …</p>}
        {!isProbing && fault !== null && (
          <p className="field-error">
            <Icon name="warn" /> {fault}
          </p>
        )}
        {!isProbing && fault === null && capabilities === null && (
          <p className="soft">Not probed yet: what it can do is not known.</p>
        )}
        {!isProbing && fault === null && capabilities !== null && (
          <p>It answers, in {formatDuration(capabilities.ms)} for a few words.</p>
        )}
      </div>
      {capabilities !== null && !isProbing && <CapabilityList {...{ capabilities, api, model }} />}
      <div className="actions">
        <button type="button" className="primary" onClick={() => searchWith(connection)}>
          <Icon name="play" /> Search with it
        </button>
        <button
          type="button"
          className="outlined"
          disabled={isProbing}
          onClick={() => void probe(id)}
        >
          Probe
        </button>
        <button type="button" className="outlined" onClick={() => changeConnection(connection)}>
          Change
        </button>
        <RemoveButton id={id} />
      </div>
    </section>
  );
}

function CapabilityList({
  capabilities,
  api,
  model,
}: {
  capabilities: NonNullable<Connection["capabilities"]>;
  api: Connection["api"];
  model: string;
}) {
  const { models } = capabilities;
  return (
    <>
      {models !== null && !models.includes(model) && (
        <p className="soft">
          <Icon name="warn" /> It does not list {model}, but{" "}
          {models.slice(0, 8).join(", ") || "nothing"}.
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

/** Asks once more before it forgets a key. */
function RemoveButton({ id }: { id: string }) {
  const [isAsking, setAsking] = useState(false);
  if (!isAsking) {
    return (
      <button type="button" onClick={() => setAsking(true)}>
        Remove
      </button>
    );
  }
  return (
    <>
      <button type="button" className="outlined" onClick={() => void removeConnection(id)}>
        Remove {id} and its key
      </button>
      <button type="button" onClick={() => setAsking(false)}>
        Keep it
      </button>
    </>
  );
}
