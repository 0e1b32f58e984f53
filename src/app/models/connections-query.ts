import { queryOptions } from "@tanstack/react-query";
import { backend, type ConnectionBackend } from "../backend/backend.ts";

/** The user's model servers. */
export const connectionsQuery = queryOptions({
  queryKey: ["connections"],
  queryFn: async ({ signal }) => (await openConnections()).list({ signal }),
});

/** Only where there is a server is this page shown. */
export function openConnections(): Promise<ConnectionBackend> {
  const open = backend().openConnections;
  if (open === null) throw new Error("there is no server to connect to others");
  return open();
}
