import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { FolderTakenError, lockFolder } from "./folder-lock.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "sentei-lock-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("a folder that is taken can be taken again once it is released", () => {
  const lock = lockFolder(folder);
  expect(() => lockFolder(folder)).toThrow(FolderTakenError);
  expect(() => lockFolder(folder)).toThrow(`process ${process.pid}`);
  lock.release();
  lockFolder(folder).release();
});

test("a folder stays taken though nobody holds on to its lock", () => {
  lockFolder(folder);
  setFlagsFromString("--expose-gc");
  const collectGarbage = runInNewContext("gc") as () => void;
  for (let i = 0; i < 3; i++) collectGarbage();
  expect(() => lockFolder(folder)).toThrow(FolderTakenError);
});
