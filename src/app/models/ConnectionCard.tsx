import { useState } from "react";
import { pathOfUrl } from "../../lib/file-url.ts";
import { msg } from "../../lib/said.ts";
import type { Connection } from "../../protocol/connections.ts";
import { formatDuration } from "../format.ts";
import { Icon } from "../panels/Icon.tsx";
import { t, tParts } from "../words/t.ts";
import { changeConnection, findOut, removeConnection, useEditing } from "./connection-draft.ts";
import { PolicyFindings } from "./PolicyFindings.tsx";
import { SelfTestFindings } from "./SelfTestFindings.tsx";
import { searchWith } from "./search-with.ts";

const KEY_WORDS = {
  none: msg("no key"),
  stored: msg("key set"),
  environment: msg("key from the environment"),
} as const satisfies Record<Connection["key"], string>;

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
          {tParts(isVerifier ? "Verifier {model} at {url}" : "Policy {model} at {url}", {
            model: <span className="mono">{model}</span>,
            url: <span className="mono">{pathOfUrl(url) ?? url}</span>,
          })}{" "}
          · {isVerifier ? connection.scoring.kind : connection.api} · {t(KEY_WORDS[key])}
        </p>
      </header>
      <div role="status" className="probe-status">
        {isAsked && (
          <p>
            {isVerifier
              ? t("Having it score three right and three wrong solutions …")
              : t("Asking it a few short questions …")}
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
          <Icon name="play" /> {t("Search with it")}
        </button>
        <button
          type="button"
          className="outlined"
          disabled={isAsked}
          onClick={() => void findOut(connection)}
        >
          {t(isVerifier ? "Self-test" : "Probe")}
        </button>
        <button type="button" className="outlined" onClick={() => changeConnection(connection)}>
          {t("Change")}
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
      <p className="soft">{t("Not probed yet: what it can do is not known.")}</p>
    ) : (
      <p>
        {t("It answers, in {time} for a few words.", { time: formatDuration(capabilities.ms) })}
      </p>
    );
  }
  const { selfTest } = connection;
  if (selfTest === null) return <p className="soft">{t("Not tested yet.")}</p>;
  const { cases, ms, prmCalls, prmTokens } = selfTest;
  const inOrder = cases.filter((each) => each.inOrder).length;
  return (
    <p>
      <Icon name={inOrder === cases.length ? "check" : "warn"} />{" "}
      {inOrder === cases.length
        ? t("The order is right: it scores every right solution above the wrong one.")
        : t(
            "The order is wrong for {wrong} of {count} problems: it does not tell right from wrong.",
            { wrong: cases.length - inOrder, count: cases.length },
          )}{" "}
      <span className="soft">
        {t("{calls} calls, {tokens} tokens, {time}.", {
          ...{ calls: prmCalls, tokens: prmTokens, time: formatDuration(ms) },
        })}
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
        {t("Remove")}
      </button>
    );
  }
  return (
    <>
      <button type="button" className="outlined" onClick={() => void removeConnection(id)}>
        {t("Remove {name} and its key", { name: id })}
      </button>
      <button type="button" onClick={() => setAsking(false)}>
        {t("Keep it")}
      </button>
    </>
  );
}
