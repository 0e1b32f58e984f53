import path from "node:path";
import { expect, test } from "vitest";
import { DEFAULT_LIMITS, readSettings, StartError } from "./settings.ts";

test("without variables it is the project's own, on the loopback interface", () => {
  const project = path.join(import.meta.dirname, "../..");
  expect(readSettings({})).toEqual({
    ...{ port: 7360, host: "127.0.0.1", allowHosts: [], embedOrigins: [] },
    limits: DEFAULT_LIMITS,
    data: path.join(project, ".sentei"),
    dist: path.join(project, "dist"),
    models: path.join(project, "public/models"),
    training: {
      command: path.join(project, "src/training/train-command.ts"),
      recipe: path.join(project, "src/training/recipe.json"),
      work: path.join(project, ".train"),
      out: path.join(project, "public/models"),
    },
  });
  expect(readSettings({ PORT: "", HOST: "", SENTEI_DATA: "" })).toEqual(readSettings({}));
});

test("variables say otherwise", () => {
  const settings = readSettings({
    ...{ PORT: "0", HOST: "0.0.0.0", SENTEI_ALLOW_HOSTS: "sentei.example, [fd00::1]:80," },
    ...{ SENTEI_DATA: "runs", SENTEI_DIST: "/app", SENTEI_MODELS: "/weights" },
    SENTEI_EMBED_ORIGINS: "https://a.example, http://127.0.0.1:8000",
  });
  expect(settings).toMatchObject({
    ...{ port: 0, host: "0.0.0.0", allowHosts: ["sentei.example", "[fd00::1]:80"], dist: "/app" },
    ...{ data: path.resolve("runs"), models: "/weights", training: { out: "/weights" } },
    embedOrigins: ["https://a.example", "http://127.0.0.1:8000"],
  });
});

test.each([
  [{ PORT: "80a" }, /PORT.*"80a"/],
  [{ PORT: "-1" }, /PORT.*"-1"/],
  [{ PORT: "65536" }, /PORT/],
  [{ PORT: "1.5" }, /PORT/],
  [{ HOST: "0.0.0.0" }, /HOST is 0\.0\.0\.0.*SENTEI_ALLOW_HOSTS/],
  [{ HOST: "::" }, /HOST is ::/],
  [{ HOST: "192.168.1.2" }, /others can reach/],
  [{ HOST: "0.0.0.0", SENTEI_ALLOW_HOSTS: " , " }, /HOST/],
  [{ SENTEI_ALLOW_HOSTS: "http://evil" }, /SENTEI_ALLOW_HOSTS.*"http:\/\/evil"/],
  [{ SENTEI_ALLOW_HOSTS: "*" }, /"\*"/],
  [{ SENTEI_EMBED_ORIGINS: "*" }, /SENTEI_EMBED_ORIGINS.*"\*"/],
  [{ SENTEI_EMBED_ORIGINS: "https://a.example/path" }, /"https:\/\/a\.example\/path"/],
  [{ SENTEI_EMBED_ORIGINS: "https://a.example, 'unsafe" }, /"'unsafe"/],
])("%o is refused in words", (env, words) => {
  expect(() => readSettings(env)).toThrow(StartError);
  expect(() => readSettings(env)).toThrow(words);
});

test("every loopback address may be listened on by anyone's leave", () => {
  for (const HOST of ["localhost", "127.0.0.1", "127.0.0.9", "::1"]) {
    expect(readSettings({ HOST }).host).toBe(HOST);
  }
});
