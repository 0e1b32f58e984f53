import { existsSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { lockFolder } from "../../files/folder-lock.ts";
import { TrainingEvent, TrainingState } from "../../protocol/training.ts";
import type { RunningServer } from "../start-server.ts";
import { postJson, startTestServer, type TestFolder, testFolder } from "../test-server.ts";

let folder: TestFolder;
let server: RunningServer;
beforeEach(async () => {
  folder = testFolder();
  server = await startTestServer(folder);
});
afterEach(async () => {
  await server.close();
  folder.remove();
});

async function state(): Promise<TrainingState> {
  return TrainingState.parse(await (await fetch(`${server.url}/api/training`)).json());
}

async function until(condition: (event: TrainingEvent) => boolean, after = 0) {
  const stop = new AbortController();
  const response = await fetch(`${server.url}/api/training/events?after=${after}`, {
    signal: stop.signal,
  });
  let text = "";
  let id = after;
  const events: TrainingEvent[] = [];
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    const messages = (text + chunk).split("\n\n");
    text = messages.pop()!;
    for (const message of messages) {
      const data = /^data: (.*)$/m.exec(message)?.[1];
      if (data === undefined) continue;
      id = Number(/^id: (\d+)$/m.exec(message)![1]);
      events.push(...TrainingEvent.array().parse(JSON.parse(data)));
      if (events.some(condition)) {
        stop.abort();
        return { events, id };
      }
    }
  }
  throw new Error("the stream ended");
}

/** Of a pause there is an event too. */
const isOver = (event: TrainingEvent) => event.type === "ended" && event.how !== "stopped";

const start = (targets: string[]) => postJson(`${server.url}/api/training`, { size: "S", targets });
const pause = () => postJson(`${server.url}/api/training/commands`, { command: "pause" });

test("a training that is paused goes on at its checkpoint, after a restart of the server too", async () => {
  expect(await state()).toMatchObject({ state: "never", spec: null });
  expect((await pause()).status).toBe(409);
  expect((await start(["all"])).status).toBe(202);
  expect((await start(["all"])).status).toBe(409);
  const { id } = await until((event) => event.type === "metric" && event.name === "accuracy");
  expect(TrainingState.parse(await (await pause()).json())).toMatchObject({ state: "stopped" });

  await server.close();
  server = await startTestServer(folder);
  expect(await state()).toMatchObject({ state: "stopped", spec: { size: "S", targets: ["all"] } });
  expect((await start(["all"])).status).toBe(202);
  const { events } = await until(isOver, id);
  expect(events.find(isOver)).toMatchObject({ how: "done" });
  // Nothing is begun anew: the pause comes during the first stage, or just after its end.
  const begun = events.find((event) => event.type === "stage");
  expect(begun).toMatchObject({ stage: "S/trunk" });
  expect(["resumed", "cached"]).toContain(begun?.type === "stage" && begun.state);
  expect(new Set(events.flatMap((event) => (event.type === "stage" ? [event.step] : [])))).toEqual(
    new Set(["policy", "labels", "prm", "reinforcement"]),
  );
  expect(await state()).toMatchObject({ state: "done" });
  expect(existsSync(path.join(folder.data, "trained/sentei-s.gguf"))).toBe(true);
  expect(existsSync(path.join(folder.data, "trained/sentei-prm.gguf"))).toBe(true);
}, 180_000);

test("what cannot be trained says why, and loses nothing", async () => {
  expect((await start(["everything"])).status).toBe(202);
  await expect.poll(state, { timeout: 15_000 }).toMatchObject({
    state: "failed",
    because: expect.stringContaining("there are all, policy"),
  });
  expect((await postJson(`${server.url}/api/training`, { size: "M", targets: [] })).status).toBe(
    422,
  );
}, 20_000);

test("a training that runs in a terminal is shown and cannot be started twice", async () => {
  const lock = lockFolder(path.join(folder.data, "training"));
  expect(await state()).toMatchObject({ state: "running", isOurs: false });
  expect((await start(["policy"])).status).toBe(409);
  const refused = await pause();
  expect(refused.status).toBe(409);
  expect(await refused.text()).toContain("started elsewhere");
  lock.release();
  expect(await state()).toMatchObject({ state: "never" });
});
