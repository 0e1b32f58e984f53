import { z } from "zod";
import { probeServer } from "../../models/remote/probe.ts";
import { ServerFault } from "../../models/remote/server-fault.ts";
import {
  Connection,
  ConnectionId,
  ConnectionInput,
  ConnectionList,
  ProbeResult,
} from "../../protocol/connections.ts";
import { fieldProblem, HttpProblem } from "../../runs/http-problem.ts";
import type { Api, Resources } from "../app.ts";
import { ERRORS } from "../problem-details.ts";
import { whyNotCalled } from "./address-check.ts";
import { serverOf } from "./connected-models.ts";

const Params = z.object({ id: ConnectionId });

/** Longest that a probe may take, ms. */
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
        summary: "Find out by a few short requests what a server can do with its model",
        params: Params,
        body: z.strictObject({}),
        response: { 200: ProbeResult, ...ERRORS },
      },
    },
    async ({ params }): Promise<ProbeResult> => {
      const open = store.open(params.id);
      if (open === null) throw notThere(params.id);
      try {
        const capabilities = await probeServer({
          ...{ server: serverOf(open), connection: open.spec },
          signal: AbortSignal.timeout(PROBE_MS),
        });
        const connection = store.learn(open.spec, capabilities);
        if (connection) return { ok: true, connection };
        throw new HttpProblem(409, `${params.id} was changed while it was probed.`);
      } catch (error) {
        if (error instanceof ServerFault) {
          return { ok: false, fault: error.fault, message: error.message };
        }
        if (!(error instanceof DOMException)) throw error;
        return { ok: false, fault: "timeout", message: `${params.id}: the probe took too long` };
      }
    },
  );
}

/** Checks what a schema cannot. Throws an `HttpProblem` 422 that names the field. */
function checkConnection({
  url,
  api,
  format,
  allowPrivate,
}: z.infer<typeof ConnectionInput>): void {
  const { hostname, username, password, search, hash } = new URL(url);
  const refuse = (field: string, message: string, value?: unknown) =>
    fieldProblem({ field, message, ...(value !== undefined && { value }) });
  if (username !== "" || password !== "") {
    throw refuse("url", "a key or a password has no place in a URL; it has a field of its own");
  }
  if (search !== "" || hash !== "") throw refuse("url", "must have no ? and no #", url);
  const host = hostname.replace(/^\[|\]$/g, "");
  const why = /^[\d.]+$|:/.test(host) ? whyNotCalled(host, { allowPrivate }) : null;
  if (why !== null) throw refuse("url", why, url);
  if (api === "completions" && format.template === "server") {
    throw refuse("format.template", "completions need one of our own", "server");
  }
}

function notThere(id: string): HttpProblem {
  return new HttpProblem(404, `There is no connection ${id}.`);
}
