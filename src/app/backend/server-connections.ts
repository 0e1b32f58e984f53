import { z } from "zod";
import { Connection, ConnectionList, ProbeResult } from "../../protocol/connections.ts";
import type { ConnectionBackend } from "./backend.ts";
import { type Ask, json } from "./server-backend.ts";

/** The connections of the server that this page is from. */
export function connectionsOver(ask: Ask): ConnectionBackend {
  const path = "/api/connections";
  const of = (id: string) => `${path}/${encodeURIComponent(id)}`;
  return {
    list: async (options) => (await ask(ConnectionList, path, {}, options)).connections,
    save: (connection, options) => ask(Connection, path, json(connection), options),
    async remove(id, options) {
      await ask(z.unknown(), of(id), { method: "DELETE" }, options);
    },
    probe: (id, options) => ask(ProbeResult, `${of(id)}/probe`, json({}), options),
    selfTest: (id, options) => ask(ProbeResult, `${of(id)}/self-test`, json({}), options),
  };
}
