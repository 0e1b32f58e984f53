import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import {
  SetPageQuery,
  UploadedSetList,
  UploadedSetPage,
  UploadQuery,
} from "../protocol/uploaded-sets.ts";
import { foundSet, keepUpload } from "../runs/keep-upload.ts";
import type { Api, Resources } from "./app.ts";
import { ERRORS } from "./problem-details.ts";

/** Largest file, bytes: MATH with its solutions has 10 million. */
const FILE_LIMIT = 16 << 20;

/** What a file is by its content type. No page of another site can send these without being asked first. */
const FORMATS = {
  "text/csv": "csv",
  "application/x-ndjson": "jsonl",
  "application/jsonl": "jsonl",
} as const;

const SetParams = z.object({ id: z.string().max(64) });

/** Problem sets that people upload. */
export async function addSetRoutes(app: Api, resources: Pick<Resources, "store">): Promise<void> {
  const { store } = resources;
  // Within a scope of its own, so that no other route takes these types.
  await app.register((scope, _, done) => {
    addUploadRoute(scope.withTypeProvider<ZodTypeProvider>(), resources);
    done();
  });
  app.get(
    "/api/problem-sets",
    {
      schema: {
        ...{ operationId: "listProblemSets", summary: "Uploaded problem sets, newest first" },
        response: { 200: UploadedSetList, ...ERRORS },
      },
    },
    async () => ({ sets: await store.sets.list() }),
  );
  app.get(
    "/api/problem-sets/:id",
    {
      schema: {
        operationId: "getProblemSet",
        summary: "A set with a page of its problems, and the rows that did not fit",
        ...{ params: SetParams, querystring: SetPageQuery },
        response: { 200: UploadedSetPage, ...ERRORS },
      },
    },
    async ({ params, query }) => foundSet(params.id, await store.sets.page(params.id, query)),
  );
  app.delete(
    "/api/problem-sets/:id",
    {
      schema: {
        ...{ operationId: "deleteProblemSet", summary: "Delete a set; runs made of it stay" },
        params: SetParams,
        response: { 204: z.null(), ...ERRORS },
      },
    },
    async ({ params }, reply) => {
      foundSet(params.id, await store.sets.page(params.id, { after: -1, limit: 1 }));
      await store.sets.remove(params.id);
      return reply.code(204).send(null);
    },
  );
}

/** The one route that takes files, and no JSON. */
function addUploadRoute(api: Api, { store }: Pick<Resources, "store">): void {
  api.removeContentTypeParser("application/json");
  api.addContentTypeParser(
    Object.keys(FORMATS),
    { parseAs: "string", bodyLimit: FILE_LIMIT },
    (_, body, done) => done(null, body),
  );
  api.post(
    "/api/problem-sets",
    {
      bodyLimit: FILE_LIMIT,
      schema: {
        operationId: "uploadProblemSet",
        summary: "Keep the problems of a JSONL or CSV file as a set",
        description:
          "A body of type application/x-ndjson or text/csv, up to 16 MiB. The field names of MATH-500, GSM8K, AIME, " +
          "TRL and PRM800K are known; others are told by the query. Rows that do not fit are listed, the rest is kept.",
        querystring: UploadQuery,
        body: z.string().meta({ description: "The file" }),
        response: { 201: UploadedSetPage, ...ERRORS },
      },
    },
    async ({ body, query, headers }, reply) => {
      const [type = ""] = (headers["content-type"] ?? "").toLowerCase().split(";");
      const format = FORMATS[type.trim() as keyof typeof FORMATS];
      const page = await keepUpload(store.sets, { text: body, format }, query);
      return reply.code(201).header("location", `/api/problem-sets/${page.set.id}`).send(page);
    },
  );
}
