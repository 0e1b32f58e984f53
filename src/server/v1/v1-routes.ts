import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Resources } from "../app.ts";
import { MODEL_NAMES } from "./asked-model.ts";
import { addChatRoute } from "./chat-completions.ts";
import { answerAsOpenAi, OpenAiError } from "./openai-problem.ts";
import { addResponsesRoute } from "./responses.ts";

const Models = z.object({
  object: z.literal("list"),
  data: z.array(
    z.object({
      id: z.string(),
      object: z.literal("model"),
      created: z.int(),
      owned_by: z.string(),
    }),
  ),
});

/** An endpoint that thinks, for whoever has a client of OpenAI's API: searches by the name of a model. */
export async function addV1Routes(app: FastifyInstance, resources: Resources): Promise<void> {
  await app.register((plugin, _, done) => {
    plugin.setErrorHandler((error, _, reply) => answerAsOpenAi(error, reply));
    const api = plugin.withTypeProvider<ZodTypeProvider>();
    api.get(
      "/v1/models",
      {
        schema: {
          operationId: "listThinkingModels",
          summary: "Ways of searching, as names of models",
          response: { 200: Models, "4xx": OpenAiError, "5xx": OpenAiError },
        },
      },
      () => ({
        object: "list" as const,
        data: MODEL_NAMES.map((id) => ({
          ...{ id, object: "model" as const, created: 0, owned_by: "sentei" },
        })),
      }),
    );
    addChatRoute(api, resources);
    addResponsesRoute(api, resources);
    done();
  });
}
