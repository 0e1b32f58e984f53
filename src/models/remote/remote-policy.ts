import type { Capabilities, ConnectionSpec, PolicySpec } from "../../protocol/connections.ts";
import type { EarlierTurn } from "../../protocol/events.ts";
import type { Policy } from "../../search/ports.ts";
import type { Wire } from "./generation.ts";
import { appliedTemplate, llamaWire } from "./llama-wire.ts";
import type { ModelServer } from "./model-server.ts";
import { chatWire, completionsWire } from "./openai-wire.ts";
import { type Message, messagesOf, renderPrompt } from "./prompts.ts";
import { ServerFault } from "./server-fault.ts";
import { createStepPolicy } from "./step-policy.ts";
import { createWholePolicy } from "./whole-policy.ts";

/** What is known of a server's ways; what nobody probed is thought to do the least. */
export type Known = Pick<Capabilities, "continues" | "refuses">;

export interface OpenRemotePolicy {
  readonly server: ModelServer;
  readonly connection: Pick<PolicySpec, "id" | "api" | "model" | "format">;
  /** `null`: not probed. */
  readonly known: Known | null;
  /** As the policy reads it. */
  readonly problem: string;
  readonly earlier: readonly EarlierTurn[];
}

/** As runs ask for it. */
export function remoteName({ id, model }: Pick<ConnectionSpec, "id" | "model">): string {
  return `${id}/${model}`;
}

/** How it goes on from a given step; `null` if it does not. Where prompts are texts it always does. */
export function continuationOf(api: PolicySpec["api"], known: Known | null): Known["continues"] {
  return api === "chat" ? (known?.continues ?? null) : "text";
}

/** A policy on a server, for one run of one problem. */
export function openRemotePolicy({
  server,
  connection,
  known,
  problem,
  earlier,
}: OpenRemotePolicy): Policy {
  const { api, format } = connection;
  const messages = messagesOf(problem, { system: format.system, earlier });
  const continuation = continuationOf(api, known);
  const create = continuation === null ? createWholePolicy : createStepPolicy;
  return create({
    name: remoteName(connection),
    // Servers do not tell which weights are behind a name.
    revision: "remote",
    ...{ server, format },
    wire: wireOf({ ...connection, server, messages, known }),
  });
}

/** The way to speak to this server about these messages. */
export function wireOf({
  api,
  model,
  format,
  server,
  messages,
  known,
}: Pick<PolicySpec, "api" | "model" | "format"> & {
  readonly server: ModelServer;
  readonly messages: readonly Message[];
  readonly known: Known | null;
}): Wire {
  const { template } = format;
  const options = { model, refuses: known?.refuses ?? [] };
  if (api === "chat") {
    return chatWire(messages, { ...options, continuation: continuationOf(api, known) });
  }
  if (api === "llama.cpp") {
    return llamaWire(
      template === "server"
        ? appliedTemplate(server, messages)
        : async () => renderPrompt(messages, template),
    );
  }
  if (template === "server") {
    throw new ServerFault(
      "unsupported",
      `${server.name}: completions need a template to begin with`,
    );
  }
  return completionsWire(renderPrompt(messages, template), options);
}
