import { useState } from "react";
import type { Connection } from "../../protocol/connections.ts";
import { formatCount, formatDuration } from "../format.ts";
import { Icon } from "../panels/Icon.tsx";
import { changeConnection, findOut, removeConnection, useEditing } from "./connection-draft.ts";
import { PolicyFindings } from "./PolicyFindings.tsx";
import { SelfTestFindings } from "./SelfTestFindings.tsx";
import { searchWith } from "./search-with.ts";

const KEY_WORDS: Readonly<Record<Connection["key"], string>> = {
  none: "no key",
  stored: "key set",
  environment: "key from the environment",
};

/** One connected server: what it is, what it can do, and what can be done with it. */
export function ConnectionCard({ connection }: { connection: Connection }) {
  const { id, url, model, key } = connection;
  const isVerifier = connection.role === "verifier";
  const isAsked = useEditing((editing) => editing.probing.has(id));
  const fault = useEditing((editing) => editing.faults.get(id) ?? null);
  const titleId = `connection-${id}`;
  return (
    <section className="connection" aria-labelledby={titleId}>
      <header>
        <h3 id={titleId}>{id}</h3>
        <p className="soft">
          {isVerifier ? "Verifier" : "Policy"} <span className="mono">{model}</span> at{" "}
          <span className="mono">{url}</span> ·{" "}
          {isVerifier ? connection.scoring.kind : connection.api} · {KEY_WORDS[key]}
        </p>
      </header>
      <div role="status" className="probe-status">
        {isAsked && (
          <p>
            {isVerifier
              ? "Having it score three right and three wrong solutions …"
              : "Asking it a few short questions …"}
          </p>
        )}
        {!isAsked && fault !== null && (
          <p className="field-error">
            <Icon name="warn" /> {fault}
          </p>
        )}
        {!isAsked && fault === null && <Verdict connection={connection} />}
      </div>
      {!isAsked &&
        (isVerifier ? (
          connection.selfTest !== null && <SelfTestFindings selfTest={connection.selfTest} />
        ) : (
          <PolicyFindings connection={connection} />
        ))}
      <div className="actions">
        <button type="button" className="primary" onClick={() => searchWith(connection)}>
          <Icon name="play" /> Search with it
        </button>
        <button
          type="button"
          className="outlined"
          disabled={isAsked}
          onClick={() => void findOut(connection)}
        >
          {isVerifier ? "Self-test" : "Probe"}
        </button>
        <button type="button" className="outlined" onClick={() => changeConnection(connection)}>
          Change
        </button>
        <RemoveButton id={id} />
      </div>
    </section>
  );
}

/** What was found out, in a sentence. */
function Verdict({ connection }: { connection: Connection }) {
  if (connection.role !== "verifier") {
    const { capabilities } = connection;
    return capabilities === null ? (
      <p className="soft">Not probed yet: what it can do is not known.</p>
    ) : (
      <p>It answers, in {formatDuration(capabilities.ms)} for a few words.</p>
    );
  }
  const { selfTest } = connection;
  if (selfTest === null) return <p className="soft">Not tested yet.</p>;
  const { cases, ms, prmCalls, prmTokens } = selfTest;
  const inOrder = cases.filter((each) => each.inOrder).length;
  return (
    <p>
      <Icon name={inOrder === cases.length ? "check" : "warn"} />{" "}
      {inOrder === cases.length
        ? "The order is right: it scores every right solution above the wrong one."
        : `The order is wrong for ${cases.length - inOrder} of ${cases.length} problems: it does not tell right from wrong.`}{" "}
      <span className="soft">
        {prmCalls} calls, {formatCount(prmTokens)} tokens, {formatDuration(ms)}.
      </span>
    </p>
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
