import { expect, test } from "vitest";
import type { ModelCard, ModelList, ProblemDetails } from "../../../protocol/runs.ts";
import { RunSpec } from "../../../protocol/runs.ts";
import { defaultStrategy } from "../../../protocol/strategy-facts/read-parameters.ts";
import { STRATEGY_NAMES } from "../../../protocol/strategy-facts/table.ts";
import { modelsOf, refusalElsewhere, refusalOf, specOf, useDraft } from "./draft.ts";

const card = (name: string, role: ModelCard["role"]): ModelCard => ({
  ...{ name, role, revision: "1", about: "", parameters: 1, families: [] },
});
const MODELS: ModelList = {
  policies: [card("other", "policy"), card("sentei-s", "policy")],
  verifiers: [card("checker", "verifier"), card("sentei-prm", "verifier")],
};
const draft = useDraft.getState();

const REFUSED: ProblemDetails = {
  ...{ type: "about:blank", title: "Unprocessable Content", status: 422, detail: "strategy.n: no" },
  errors: [
    { field: "strategy.n", message: "at most 1024" },
    { field: "planet", message: "is not known" },
    { field: "strategy.name", message: "is not a strategy" },
  ],
};

test("every strategy is, with its defaults, a run that the server accepts as it stands", () => {
  for (const strategy of STRATEGY_NAMES.map(defaultStrategy)) {
    const spec = RunSpec.parse(specOf({ ...draft, strategy }, "(7+5)*9", MODELS));
    expect(spec.strategy).toEqual(strategy);
    expect(spec.budget).toEqual({});
  }
});

test("a strategy that asks no verifier names none", () => {
  expect(
    specOf({ ...draft, strategy: defaultStrategy("greedy") }, "1+1", MODELS).verifier,
  ).toBeNull();
  expect(specOf({ ...draft, strategy: defaultStrategy("beam") }, "1+1", MODELS).verifier).toBe(
    "sentei-prm",
  );
});

test("where nobody chose, the usual model stands if it is there, and the first one if not", () => {
  expect(modelsOf(draft, MODELS).policy?.name).toBe("sentei-s");
  expect(modelsOf({ policy: "other", verifier: null }, MODELS).policy?.name).toBe("other");
  const few = { policies: MODELS.policies.slice(0, 1), verifiers: [] };
  expect(modelsOf(draft, few)).toEqual({ policy: few.policies[0], verifier: undefined });
});

test("only limits that are typed are sent", () => {
  const limits = { ...draft.limits, prmCalls: 12 };
  expect(specOf({ ...draft, limits }, "1+1", MODELS).budget).toEqual({ prmCalls: 12 });
});

test("everything that the server refuses is shown: at its field, or else above the button", () => {
  expect(refusalOf(REFUSED, "strategy.n")).toBe("at most 1024");
  expect(refusalOf(REFUSED, "strategy.m")).toBeNull();
  expect(refusalElsewhere(REFUSED, ["strategy.n"])).toBe(
    "planet: is not known strategy.name: is not a strategy",
  );
  expect(refusalElsewhere(REFUSED, ["strategy", "planet"])).toBeNull();
  expect(refusalElsewhere({ ...REFUSED, errors: [] }, ["strategy.n"])).toBe(REFUSED.detail);
});
