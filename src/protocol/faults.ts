/** What can go wrong with a model server, one word each; a run that fails by one says which. */
export const FAULTS = [
  /** No connection could be made. */
  "unreachable",
  /** The address is one that this server does not call. */
  "forbidden_address",
  /** No whole reply in time. */
  "timeout",
  /** The connection was lost before the reply began. */
  "reset",
  /** The reply began and did not end. */
  "truncated",
  /** 429, after all attempts. */
  "rate_limited",
  /** 5xx, after all attempts. */
  "server_error",
  /** Any other 4xx: the server understood and said no. */
  "refused",
  /** It points to another host. */
  "redirected",
  /** The reply is longer than anybody should send. */
  "too_large",
  /** The reply is not what such a server sends. */
  "garbage",
  /** The reply holds no text, or does not say what it cost. */
  "empty",
  /** A verifier gave not exactly one score for every step. */
  "unscored",
  /** A number in the reply is none, or not one that can be there. */
  "bad_number",
  /** What the search asks for is nothing that this server can do. */
  "unsupported",
] as const;
export type Fault = (typeof FAULTS)[number];
