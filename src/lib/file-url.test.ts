import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { expect, test } from "vitest";
import { fileUrlOf, pathOfUrl } from "./file-url.ts";

const part = fc
  .string({ unit: fc.constantFrom(..."aZ0.-_ %#?&+~'()[]é剪"), minLength: 1, maxLength: 12 })
  .filter((name) => !/^\.{1,2}$/.test(name) && name.trim() === name);

test("a path comes back from its URL, as Node reads it", () => {
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
      const path = `/${parts.join("/")}`;
      expect(pathOfUrl(fileUrlOf(path))).toBe(path);
      expect(fileURLToPath(fileUrlOf(path), { windows: false })).toBe(path);
    }),
  );
});

test("paths of Windows come back too, and other URLs name no file", () => {
  expect(fileUrlOf("C:\\models\\a b.gguf")).toBe("file:///C:/models/a%20b.gguf");
  expect(pathOfUrl("file:///C:/models/a%20b.gguf")).toBe("C:\\models\\a b.gguf");
  expect(pathOfUrl("http://127.0.0.1:8000/v1")).toBeNull();
});
