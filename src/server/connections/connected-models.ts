import { SYSTEM_CLOCK } from "../../models/remote/http-clock.ts";
import { ModelServer } from "../../models/remote/model-server.ts";
import { continuationOf, openRemotePolicy, remoteName } from "../../models/remote/remote-policy.ts";
import { openRemoteVerifier } from "../../models/remote/verifiers/remote-verifier.ts";
import { FAMILIES } from "../../problems/families.ts";
import type {
  Capabilities,
  Connection,
  PolicyConnection,
  VerifierConnection,
} from "../../protocol/connections.ts";
import type { ModelCard, ModelList } from "../../protocol/runs.ts";
import type { RemoteModels } from "../../runs/model-host.ts";
import { fileFetch } from "../llama-cpp/file-fetch.ts";
import type { ConnectionStore, OpenConnection } from "./connection-store.ts";
import { guardedFetch } from "./guarded-fetch.ts";

const EVERY_FAMILY = FAMILIES.map(({ name }) => name);

/** All models that runs can be made of. */
export function withConnected(
  { policies, verifiers }: ModelList,
  connections: readonly Connection[],
): ModelList {
  return {
    policies: [
      ...policies,
      ...connections.flatMap((each) => (each.role === "verifier" ? [] : [policyCard(each)])),
    ],
    verifiers: [
      ...verifiers,
      ...connections.flatMap((each) => (each.role === "verifier" ? [verifierCard(each)] : [])),
    ],
  };
}

function verifierCard(connection: VerifierConnection): ModelCard {
  return {
    name: remoteName(connection),
    ...{ revision: "remote", role: "verifier", parameters: 0, families: EVERY_FAMILY },
    about: `A verifier ${placeOf(connection)}.`,
    remote: { whole: null },
  };
}

function policyCard(connection: PolicyConnection): ModelCard {
  const { api, format, capabilities } = connection;
  const isWhole = continuationOf(api, capabilities) === null;
  return {
    name: remoteName(connection),
    ...{ revision: "remote", role: "policy", parameters: 0, families: EVERY_FAMILY },
    about: aboutOf(connection),
    remote: {
      maxStepTokens: format.maxStepTokens,
      whole: isWhole ? whyWhole(capabilities) : null,
    },
  };
}

function whyWhole(capabilities: Capabilities | null): string {
  return capabilities === null
    ? "nobody has probed whether this server can go on from a step"
    : "this server writes whole solutions and cannot go on from a step";
}

const REASONING: Readonly<Record<Capabilities["reasoning"], string>> = {
  none: "",
  inline: " It thinks between marks, which are shown as steps.",
  apart: " It thinks in a field of its own, which is shown as steps.",
  hidden: " It thinks in secret: that costs tokens and cannot be shown.",
};

function aboutOf(connection: PolicyConnection): string {
  const { capabilities } = connection;
  const thinking = capabilities === null ? "" : REASONING[capabilities.reasoning];
  return `A model ${placeOf(connection)}.${thinking}`;
}

function placeOf({ url }: Connection): string {
  return isFile(url) ? "in a GGUF file on this machine" : `on ${new URL(url).host}`;
}

function isFile(url: string): boolean {
  return new URL(url).protocol === "file:";
}

/** The server of a connection, to be asked. */
export function serverOf({ spec, key }: OpenConnection): ModelServer {
  const { id, url, allowPrivate, timeout, maxInFlight } = spec;
  return new ModelServer({
    ...{ name: id, url, key, maxInFlight, timeoutMs: timeout * 1000, clock: SYSTEM_CLOCK },
    fetch: isFile(url) ? fileFetch(url) : guardedFetch({ allowPrivate }),
  });
}

/**
 * Opens models of connections in this thread. Runs that use a connection as it
 * is now share its server, so that what it bears is learnt by all of them.
 */
export function openConnected(store: ConnectionStore): RemoteModels {
  const servers = new Map<string, { readonly made: string; readonly server: ModelServer }>();
  const serverFor = (open: OpenConnection): ModelServer => {
    const { spec, key } = open;
    const made = JSON.stringify([spec, key]);
    let known = servers.get(spec.id);
    if (known?.made !== made) {
      known = { made, server: serverOf(open) };
      servers.set(spec.id, known);
    }
    return known.server;
  };
  const find = (name: string): OpenConnection | null => {
    const slash = name.indexOf("/");
    const open = slash < 0 ? null : store.open(name.slice(0, slash));
    return open !== null && remoteName(open.spec) === name ? open : null;
  };
  return {
    openPolicy(name, { problem, earlier }) {
      const open = find(name);
      if (open === null || open.spec.role === "verifier") return null;
      return openRemotePolicy({
        ...{ server: serverFor(open), connection: open.spec, known: open.capabilities },
        ...{ problem: problem.text, earlier },
      });
    },
    openVerifier(name, { problem, earlier }) {
      const open = find(name);
      if (open?.spec.role !== "verifier") return null;
      return openRemoteVerifier({
        ...{ server: serverFor(open), connection: open.spec },
        ...{ refuses: open.selfTest?.refuses ?? [], problem: problem.text, earlier },
      });
    },
  };
}
