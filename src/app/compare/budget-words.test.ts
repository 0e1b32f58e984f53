import { expect, test } from "vitest";
import { NO_USE } from "../../protocol/budget.ts";
import type { StartedEvent } from "../../protocol/events.ts";
import { budgetWords } from "./budget-words.ts";

const run = (spent: number, limit?: number, isOver = true) => ({
  started: { budget: limit === undefined ? {} : { policyTokens: limit } } as StartedEvent,
  ending: isOver ? ({ type: "finished", why: "complete", seq: 9 } as const) : null,
  seq: 9,
  useAt: () => ({ ...NO_USE, policyTokens: spent }),
});

test("what was made equal is said, and what came of it", () => {
  expect(budgetWords([run(812), run(640, 812)])).toBe(
    "B may spend the 812 policy tokens that A has spent. B ended with 172 left.",
  );
  expect(budgetWords([run(812), run(830, 812)])).toMatch(/B has spent 18 more/);
  expect(budgetWords([run(812), run(0, 812, false)])).toMatch(/that A has spent\.$/);
  expect(budgetWords([run(500, 500), run(480, 500)])).toBe(
    "Each may spend 500 policy tokens. A has spent all of them. B ended with 20 left.",
  );
});

test("a limit that nobody's spending explains is only told, and none is no news", () => {
  expect(budgetWords([run(812), run(300, 400)])).toBe(
    "B may spend 400 policy tokens. B ended with 100 left.",
  );
  expect(budgetWords([run(812), run(300)])).toBe("");
});
