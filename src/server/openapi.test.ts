import { afterAll, expect, test } from "vitest";
import { createApp, type Resources } from "./app.ts";
import { DEFAULT_LIMITS } from "./settings.ts";
import { testFolder } from "./test-server.ts";

const folder = testFolder();
afterAll(() => folder.remove());

const { dist } = folder;
const app = await createApp({
  settings: { dist, allowHosts: [], limits: DEFAULT_LIMITS },
  version: "1.2.3",
  // No route is called here.
} as unknown as Resources);
await app.ready();

type Operation = {
  operationId: string;
  responses: object;
  requestBody?: object;
  parameters?: object[];
};
const document = JSON.parse(JSON.stringify(app.swagger())) as {
  openapi: string;
  info: { version: string };
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object> };
};
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

/** Every value below, with where it is. */
function* everyValue(root: unknown): Generator<[path: string, value: unknown]> {
  const open: [string, unknown][] = [["#", root]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [path, value] = next;
    yield next;
    if (typeof value === "object" && value !== null) {
      open.push(
        ...Object.entries(value).map(([key, below]): [string, unknown] => [
          `${path}/${key}`,
          below,
        ]),
      );
    }
  }
}

test("the document covers every route of the API, and nothing that is no route", () => {
  const described = operations.map(({ path, method }) => `${method.toUpperCase()} ${path}`);
  const routes = [
    ...["DELETE /api/connections/{id}", "DELETE /api/evaluations/{id}"],
    ...["DELETE /api/problem-sets/{id}", "GET /api/connections"],
    ...["GET /api/evaluations", "GET /api/evaluations/{id}"],
    ...["GET /api/evaluations/{id}/problems", "GET /api/evaluations/{id}/rows"],
    ...["GET /api/evaluations/{id}/rows.csv"],
    ...["GET /api/health", "GET /api/models", "GET /api/openapi.json"],
    ...["GET /api/problem-sets", "GET /api/problem-sets/{id}", "GET /api/problems"],
    ...["GET /api/runs", "GET /api/runs/{id}", "GET /api/runs/{id}/events"],
    ...["GET /api/training", "GET /api/training/events", "GET /v1/models"],
    ...["POST /api/connections", "POST /api/connections/{id}/probe"],
    "POST /api/connections/{id}/self-test",
    ...["POST /api/evaluations", "POST /api/evaluations/{id}/commands"],
    ...["POST /api/problem-sets", "POST /api/problems/check"],
    ...["POST /api/runs", "POST /api/runs/{id}/commands", "POST /api/runs/{id}/resume"],
    ...["POST /api/traces", "POST /api/training", "POST /api/training/commands"],
    ...["POST /v1/chat/completions", "POST /v1/responses"],
  ];
  expect(described.toSorted()).toEqual(routes);

  // What the router knows: a line a path, its methods in parentheses.
  const methods = [...app.printRoutes({ commonPrefix: false }).matchAll(/\(([A-Z, ]+)\)/g)]
    .flatMap(([, names = ""]) => names.split(", "))
    .filter((name) => name !== "HEAD");
  const staticFiles = 1;
  expect(methods.length).toBe(routes.length + staticFiles);
});

test("the document is a valid OpenAPI 3.1: named, typed, every reference resolves, every answer is described", () => {
  expect(document.openapi).toBe("3.1.0");
  expect(document.info.version).toBe("1.2.3");
  const ids = operations.map(({ operation }) => operation.operationId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { path, method, operation } of operations) {
    expect(operation, `${method} ${path}`).toMatchObject({
      operationId: expect.any(String),
      summary: expect.any(String),
    });
    expect(Object.keys(operation.responses).some((status) => /^20\d$/.test(status))).toBe(true);
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const declared = (operation.parameters ?? []) as {
      in: string;
      name: string;
      required?: boolean;
    }[];
    const required = declared.filter((parameter) => parameter.in === "path");
    expect(required.map(({ name }) => name)).toEqual(inPath);
    expect(required.every((parameter) => parameter.required === true)).toBe(true);
    expect(operation.requestBody !== undefined).toBe(method === "post");
  }
  const places = new Map(everyValue(document));
  const references = [...places].filter(([path]) => path.endsWith("/$ref"));
  expect(references.length).toBeGreaterThan(10);
  for (const [path, target] of references)
    expect(places.has(String(target)), `${path} ${target}`).toBe(true);
  const types = ["object", "array", "string", "number", "integer", "boolean", "null"];
  for (const [path, value] of places) {
    if (path.endsWith("/type") && typeof value === "string" && !path.includes("/properties/type")) {
      expect(types, path).toContain(value);
    }
  }
});

test("what goes wrong is described as problem details on every route", () => {
  for (const { path, operation } of operations) {
    // What speaks as OpenAI does has errors of its own.
    if (path === "/api/openapi.json" || path.startsWith("/v1/")) continue;
    expect(operation.responses).toMatchObject({
      "4XX": {
        content: {
          "application/problem+json": { schema: { $ref: "#/components/schemas/ProblemDetails" } },
        },
      },
    });
  }
});
