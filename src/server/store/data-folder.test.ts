import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { StoreError } from "../../runs/run-store.ts";
import { openDataFolder } from "./data-folder.ts";

const parent = mkdtempSync(path.join(tmpdir(), "sentei-folder-"));
afterEach(() => rmSync(parent, { recursive: true, force: true }));

test("a data folder is made, and has one owner until it is released", () => {
  const folder = path.join(parent, "new", "data");
  const owner = openDataFolder(folder);
  expect(() => openDataFolder(folder)).toThrow(StoreError);
  expect(() => openDataFolder(folder)).toThrow(
    `in use by process ${process.pid}: stop that one, or set SENTEI_DATA`,
  );
  owner.release();
  openDataFolder(folder).release();
});

test("what a dead process left behind does not lock the folder", () => {
  const folder = path.join(parent, "left");
  openDataFolder(folder).release();
  writeFileSync(path.join(folder, "owner.pid"), `${process.ppid}\n`);
  openDataFolder(folder).release();
});

test("a folder that cannot be made is named", () => {
  const file = path.join(parent, "file");
  openDataFolder(parent).release();
  writeFileSync(file, "");
  expect(() => openDataFolder(path.join(file, "data"))).toThrow(/file.data cannot be used/);
});
