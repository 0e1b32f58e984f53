import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import fastifyStatic from "@fastify/static";
import fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type RawServerDefault,
} from "fastify";
import {
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from "fastify-type-provider-zod";
import type { ModelList, ProblemDetails } from "../protocol/runs.ts";
import { HttpProblem } from "../runs/http-problem.ts";
import type { LiveRuns } from "../runs/live-runs.ts";
import { addConnectionRoutes } from "./connections/connection-routes.ts";
import type { ConnectionStore } from "./connections/connection-store.ts";
import { addEvaluationRoutes } from "./evaluation/evaluation-routes.ts";
import type { Evaluations } from "./evaluation/evaluations.ts";
import { addEventRoutes } from "./event-routes.ts";
import type { EventStreams } from "./event-stream.ts";
import { describeApi } from "./openapi.ts";
import { detailsOf, problemDetails } from "./problem-details.ts";
import { addProblemRoutes } from "./problem-routes.ts";
import { addRunRoutes } from "./run-routes.ts";
import { addSetRoutes } from "./set-routes.ts";
import type { Settings } from "./settings.ts";
import type { SqliteStore } from "./store/sqlite-store.ts";
import { addTraceRoutes } from "./trace-routes.ts";
import type { Training } from "./training/training-process.ts";
import { addTrainingRoutes } from "./training/training-routes.ts";
import { frameHeaders, refusal, SECURITY_HEADERS, trustedHosts } from "./trust.ts";
import { addV1Routes } from "./v1/v1-routes.ts";

/** Where routes are added: what they take and give is typed and checked by their schemas. */
export type Api = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** What requests are answered with. */
export interface Resources {
  readonly settings: Settings;
  readonly version: string;
  /** As they are now: connections come and go. */
  readonly models: () => ModelList;
  readonly connections: ConnectionStore;
  readonly store: SqliteStore;
  readonly evaluations: Evaluations;
  readonly runs: LiveRuns;
  readonly streams: EventStreams;
  readonly training: Training;
}

/** Largest body, bytes. */
const BODY_LIMIT = 1 << 20;

/** Until the headers of a request and until all of it have come, ms. */
const HEADERS_TIMEOUT = 10_000;
const REQUEST_TIMEOUT = 30_000;

/** Connections besides those of readers. */
const OTHER_CONNECTIONS = 1_000;

/** The API and the static files of the app, not yet listening. */
export async function createApp(resources: Resources): Promise<FastifyInstance> {
  const { settings } = resources;
  const app = fastify({
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT,
    http: { headersTimeout: HEADERS_TIMEOUT, connectionsCheckingInterval: 5_000 },
    forceCloseConnections: true,
  });
  app.server.maxConnections = settings.limits.readers + OTHER_CONNECTIONS;
  // A form or a text of a foreign page is no JSON, whatever is in it.
  app.removeContentTypeParser("text/plain");
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  guard(app, settings);
  answerErrors(app);
  await describeApi(app, resources.version);

  const api = app.withTypeProvider<ZodTypeProvider>();
  addProblemRoutes(api, resources);
  addRunRoutes(api, resources);
  addEventRoutes(api, resources);
  addTraceRoutes(api, resources);
  await addSetRoutes(api, resources);
  addTrainingRoutes(api, resources);
  addEvaluationRoutes(api, resources);
  addConnectionRoutes(api, resources);
  await addV1Routes(app, resources);
  await serveFiles(app, settings);
  return app;
}

/** Headers on every response, and nothing for whom this server is not meant. */
function guard(app: FastifyInstance, { allowHosts }: Settings): void {
  let hosts: ReadonlySet<string> | undefined;
  app.addHook("onRequest", async (request, reply) => {
    const isApi = /^\/(api|v1)\//.test(request.routeOptions.url ?? "");
    reply.headers(SECURITY_HEADERS);
    if (isApi) reply.header("cache-control", "no-store");
    // The port is known from the first request on.
    hosts ??= trustedHosts((app.server.address() as AddressInfo).port, allowHosts);
    const refused = refusal(request.raw, { hosts, isApi });
    if (refused) throw new HttpProblem(refused.status, refused.detail);
  });
}

/** All errors end here. */
function answerErrors(app: FastifyInstance): void {
  const answer = (reply: FastifyReply, details: ProblemDetails) =>
    reply.code(details.status).type("application/problem+json").send(details);

  app.setErrorHandler<FastifyError | HttpProblem>((error, request, reply) => {
    const { body, query: querystring, params, headers } = request;
    const details = detailsOf(error, { body, querystring, params, headers });
    if (details.status >= 500 && !(error instanceof HttpProblem)) console.error(error);
    return answer(reply, details);
  });
  app.setNotFoundHandler(({ method, url }, reply) =>
    answer(reply, problemDetails(404, `There is nothing at ${method} ${url}.`)),
  );
}

/** Names with a hash in them never mean another file. */
const HASHED = /^assets[/\\]/;

async function serveFiles(app: FastifyInstance, { dist, embedOrigins }: Settings): Promise<void> {
  await app.register(fastifyStatic, {
    root: dist,
    cacheControl: false,
    schemaHide: true,
    setHeaders(reply, file) {
      const name = path.relative(dist, file);
      const isHashed = HASHED.test(name);
      const caching = isHashed ? "public, max-age=31536000, immutable" : "no-cache";
      reply.header("cache-control", caching);
      if (name !== "embed.html") return;
      reply.removeHeader("x-frame-options");
      reply.headers(frameHeaders(embedOrigins));
    },
  });
}
