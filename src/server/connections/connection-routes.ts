import { statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { probeServer } from "../../models/remote/probe.ts";
import { ServerFault } from "../../models/remote/server-fault.ts";
import { selfTest } from "../../models/remote/verifiers/self-test.ts";
import {
  Connection,
  ConnectionId,
  ConnectionInput,
  ConnectionList,
  ProbeResult,
} from "../../protocol/connections.ts";
import type { Scoring } from "../../protocol/scoring.ts";
import { fieldProblem, HttpProblem } from "../../runs/http-problem.ts";
import type { Api, Resources } from "../app.ts";
import { ERRORS } from "../problem-details.ts";
import { whyNotCalled } from "./address-check.ts";
import { serverOf } from "./connected-models.ts";
import type { ConnectionStore, Learnt, OpenConnection } from "./connection-store.ts";

const Params = z.object({ id: ConnectionId });

/** Longest that a probe or a self-test may take, ms. */
const PROBE_MS = 120_000;

/** Most connections that are kept. */
const MOST_CONNECTIONS = 100;

/** The user's model servers. A key is taken and never given. */
export function addConnectionRoutes(api: Api, { connections: store }: Resources): void {
  api.get(
    "/api/connections",
    {
      schema: {
        ...{ operationId: "listConnections", summary: "Model servers of the user's" },
        response: { 200: ConnectionList, ...ERRORS },
      },
    },
    () => ({ connections: store.list() }),
  );
  api.post(
    "/api/connections",
    {
      schema: {
        operationId: "saveConnection",
        summary: "Connect a model server, or change how it is asked",
        body: ConnectionInput,
        response: { 200: Connection, ...ERRORS },
      },
    },
    ({ body }) => {
      checkConnection(body);
      const others = store.list().filter(({ id }) => id !== body.id);
      if (others.length >= MOST_CONNECTIONS) {
        throw new HttpProblem(409, `There are ${others.length} connections already.`);
      }
      return store.save(body);
    },
  );
  api.delete(
    "/api/connections/:id",
    {
      schema: {
        ...{ operationId: "removeConnection", summary: "Forget a model server and its key" },
        params: Params,
        response: { 204: z.null(), ...ERRORS },
      },
    },
    async ({ params }, reply) => {
      if (!store.remove(params.id)) throw notThere(params.id);
      return reply.code(204).send(null);
    },
  );
  api.post(
    "/api/connections/:id/probe",
    {
      schema: {
        operationId: "probeConnection",
        summary: "Find out by a few short requests what a server can do with its policy",
        ...askedOf,
      },
    },
    ({ params }) =>
      findOut(store, params.id, async ({ spec, ...open }, signal) => {
        if (spec.role === "verifier") throw notThat(params.id, "a verifier, and has a self-test");
        const server = serverOf({ spec, ...open });
        return { capabilities: await probeServer({ server, connection: spec, signal }) };
      }),
  );
  api.post(
    "/api/connections/:id/self-test",
    {
      schema: {
        operationId: "selfTestConnection",
        summary: "Have a verifier score solutions that are known to be right and wrong",
        ...askedOf,
      },
    },
    ({ params }) =>
      findOut(store, params.id, async ({ spec, ...open }, signal) => {
        if (spec.role !== "verifier") throw notThat(params.id, "a policy, and can be probed");
        const server = serverOf({ spec, ...open });
        return { selfTest: await selfTest({ server, connection: spec, signal }) };
      }),
  );
}

const askedOf = {
  params: Params,
  body: z.strictObject({}),
  response: { 200: ProbeResult, ...ERRORS },
};

/** Asks a server, and keeps what it says. What is wrong with the server is an answer, too. */
async function findOut(
  store: ConnectionStore,
  id: string,
  ask: (open: OpenConnection, signal: AbortSignal) => Promise<Learnt>,
): Promise<ProbeResult> {
  const open = store.open(id);
  if (open === null) throw notThere(id);
  try {
    const connection = store.learn(open.spec, await ask(open, AbortSignal.timeout(PROBE_MS)));
    if (connection) return { ok: true, connection };
    throw new HttpProblem(409, `${id} was changed while it was asked.`);
  } catch (error) {
    if (error instanceof ServerFault) {
      return { ok: false, fault: error.fault, message: error.message };
    }
    if (!(error instanceof DOMException)) throw error;
    return { ok: false, fault: "timeout", message: `${id}: it took too long` };
  }
}

/** Checks what a schema cannot. Throws an `HttpProblem` 422 that names the field. */
function checkConnection(input: z.infer<typeof ConnectionInput>): void {
  const { url, allowPrivate } = input;
  const { protocol, hostname, username, password, search, hash } = new URL(url);
  const refuse: Refuse = (field, message, value) =>
    fieldProblem({ field, message, ...(value !== undefined && { value }) });
  if (username !== "" || password !== "") {
    throw refuse("url", "a key or a password has no place in a URL; it has a field of its own");
  }
  if (search !== "" || hash !== "") throw refuse("url", "must have no ? and no #", url);
  if (protocol === "file:") checkFile(input, refuse);
  const host = hostname.replace(/^\[|\]$/g, "");
  const why = /^[\d.]+$|:/.test(host) ? whyNotCalled(host, { allowPrivate }) : null;
  if (why !== null) throw refuse("url", why, url);
  if (input.role === "verifier") checkScoring(input.scoring, refuse);
  else if (input.api === "completions" && input.format.template === "server") {
    throw refuse("format.template", "completions need one of our own", "server");
  }
}

type Refuse = (field: string, message: string, value?: unknown) => HttpProblem;

/** Of a model that llama.cpp is to run here. */
function checkFile(input: z.infer<typeof ConnectionInput>, refuse: Refuse): void {
  const { url } = input;
  if (new URL(url).hostname !== "") {
    throw refuse("url", "must name a file of this machine, with three slashes: file:///", url);
  }
  const file = fileURLToPath(url);
  if (!file.endsWith(".gguf")) throw refuse("url", "must name a file that ends with .gguf", url);
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) {
    throw refuse("url", "must name a file that is there", file);
  }
  if (input.key != null) throw refuse("key", "a file needs none");
  if (input.role !== "verifier") {
    if (input.api !== "llama.cpp") throw refuse("api", "must be llama.cpp for a file", input.api);
    return;
  }
  const { scoring } = input;
  const way = "through" in scoring ? scoring.through : scoring.kind;
  if (way !== "n_probs") {
    throw refuse(
      "scoring",
      "must be signs through n_probs for a file: llama.cpp does no other",
      way,
    );
  }
}

function checkScoring(scoring: Scoring, refuse: Refuse): void {
  if (scoring.kind === "signs" && scoring.good === scoring.bad) {
    throw refuse("scoring.bad", "must be another token than that for right", scoring.bad);
  }
  if ("tag" in scoring && scoring.tag.trim() === "") {
    throw refuse("scoring.tag", "must not be blank", scoring.tag);
  }
}

function notThat(id: string, what: string): HttpProblem {
  return new HttpProblem(409, `${id} is ${what}.`);
}

function notThere(id: string): HttpProblem {
  return new HttpProblem(404, `There is no connection ${id}.`);
}
