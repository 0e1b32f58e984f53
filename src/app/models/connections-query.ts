import { queryOptions } from "@tanstack/react-query";
import { backend } from "../backend/backend.ts";

/** The user's model servers; none where there is no server of ours. */
export const connectionsQuery = queryOptions({
  queryKey: ["connections"],
  queryFn: async ({ signal }) => (await backend().connections?.list({ signal })) ?? [],
});
