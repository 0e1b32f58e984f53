import { afterAll, beforeAll, expect, test } from "vitest";
import type { ProblemDetails, ProblemList } from "../protocol/runs.ts";
import type { UploadedSetList, UploadedSetPage } from "../protocol/uploaded-sets.ts";
import type { RunningServer } from "./start-server.ts";
import { getRun, readAll, startRun, startTestServer, testFolder } from "./test-server.ts";

const folder = testFolder();
let server: RunningServer;
let url: string;

beforeAll(async () => {
  server = await startTestServer(folder);
  url = server.url;
}, 60_000);
afterAll(async () => {
  await server.close();
  folder.remove();
});

const SETS = "/api/problem-sets";
const row = (i: number) => JSON.stringify({ question: `What is ${i}+0?`, answer: `so\n#### ${i}` });

function upload(body: string, { type = "application/x-ndjson", query = "name=mine" } = {}) {
  return fetch(`${url}${SETS}?${query}`, {
    method: "POST",
    headers: { "content-type": type },
    body,
  });
}

async function get<T>(path: string): Promise<T> {
  return (await (await fetch(`${url}${path}`)).json()) as T;
}

test("an uploaded set is kept, listed, paged through and deleted, and its bad rows are told", async () => {
  const lines = Array.from({ length: 120 }, (_, i) => row(i));
  const response = await upload([...lines, "nonsense", '{"question": "?"}'].join("\n"));
  const first = (await response.json()) as UploadedSetPage;
  expect(response.status, JSON.stringify(first)).toBe(201);
  expect(response.headers.get("location")).toBe(`${SETS}/${first.set.id}`);
  expect(first.set).toMatchObject({ name: "mine", problems: 120, refused: 2 });
  expect(first.refused.map(({ line }) => line)).toEqual([121, 122]);

  const { sets } = await get<UploadedSetList>(SETS);
  expect(sets).toEqual([first.set]);
  expect((await get<ProblemList>("/api/problems?count=1")).sets).toEqual(sets);

  const answers: string[] = [];
  for (let after: number | null = -1; after !== null; ) {
    const page: UploadedSetPage = await get(`${SETS}/${first.set.id}?limit=33&after=${after}`);
    expect(page.refused).toEqual(first.refused);
    answers.push(...page.problems.map(({ answer }) => answer));
    after = page.next;
  }
  expect(answers).toEqual(lines.map((_, i) => String(i)));

  const remove = () => fetch(`${url}${SETS}/${first.set.id}`, { method: "DELETE" });
  expect((await remove()).status).toBe(204);
  expect((await remove()).status).toBe(404);
  expect((await fetch(`${url}${SETS}/${first.set.id}`)).status).toBe(404);
  expect((await get<UploadedSetList>(SETS)).sets).toEqual([]);
});

test("CSV and other names of fields are taken", async () => {
  const csv = 'Q;"The answer"\n"a;b";1\nc;2\n';
  const query = "name=table&problem=Q&answer=The%20answer";
  const page = (await (
    await upload(csv, { type: "text/csv; charset=utf-8", query })
  ).json()) as UploadedSetPage;
  expect(page.problems.map(({ problem, answer }) => [problem, answer])).toEqual([
    ["a;b", "1"],
    ["c", "2"],
  ]);
});

test("a file without a problem is refused, with every row's reason", async () => {
  const response = await upload("{}\nnonsense");
  const details = (await response.json()) as ProblemDetails;
  expect(response.status).toBe(422);
  expect(details.detail).toMatch(/No row of the file is a problem .* on line 1: it has no problem/);
  expect(details.errors?.map(({ field }) => field)).toEqual(["body.1", "body.2"]);
  expect((await upload("")).status).toBeGreaterThanOrEqual(400);
});

test.each([
  ["application/json", 415],
  ["text/plain", 415],
  ["multipart/form-data; boundary=x", 415],
])("a body of type %s is refused", async (type, status) => {
  expect((await upload(row(1), { type })).status).toBe(status);
});

test("what is asked for wrongly is named", async () => {
  const details = async (query: string) =>
    ((await (await upload(row(1), { query })).json()) as ProblemDetails).errors?.[0]?.field;
  expect(await details("")).toBe("name");
  expect(await details("name=")).toBe("name");
  expect(await details("name=x&answer=")).toBe("answer");
  expect((await fetch(`${url}${SETS}/none?limit=0`)).status).toBe(422);
});

test("a file that is too large is refused", async () => {
  const response = await upload(`${row(1)}\n`.repeat(500_000)).catch(() => null);
  // The server may hang up before it has all of it.
  expect(response?.status ?? 413).toBe(413);
});

test("other routes take no file", async () => {
  const response = await fetch(`${url}/api/runs`, {
    method: "POST",
    headers: { "content-type": "text/csv" },
    body: "problem\n1+1\n",
  });
  expect(response.status).toBe(415);
});

test("a run of a problem with its answer is graded by it", async () => {
  const problem = "What is 3+4, in words of your own?";
  const { id } = await startRun(url, { problem, reference: "\\boxed{7.0}", policy: "scripted" });
  await readAll(url, id);
  const run = await getRun(url, id);
  expect(run.problem).toEqual({
    ...{ family: "math", text: problem, level: null, reference: "\\boxed{7.0}" },
  });
  expect(run.correct).toBe(run.answer === "7");
});
