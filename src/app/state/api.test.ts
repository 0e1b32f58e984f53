import { expect, test } from "vitest";
import { checkProblem } from "./api.ts";

test("a problem that is being typed is read as the server would", () => {
  expect(checkProblem("7 + 5*2")).toMatchObject({ ok: true, problem: { family: "expressions" } });
  expect(checkProblem("4 14 9 -> 50")).toMatchObject({
    ok: true,
    problem: { family: "countdown" },
  });
  expect(checkProblem("7+")).toMatchObject({ ok: false, message: { english: expect.any(String) } });
});
