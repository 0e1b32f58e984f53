import { expect, test } from "vitest";
import { inEnglish } from "../../lib/said.ts";
import { Strategy } from "../strategies.ts";
import { defaultStrategy, parametersOf } from "./read-parameters.ts";
import { factsOf, groupedStrategies, STRATEGY_FACTS, STRATEGY_NAMES } from "./table.ts";

test("the facts know every strategy of the schema, and each is offered once", () => {
  const names = Strategy.options.map(({ shape }) => shape.name.value);
  expect(STRATEGY_NAMES.toSorted()).toEqual(names.toSorted());
  expect(
    groupedStrategies()
      .flatMap((group) => group.names)
      .toSorted(),
  ).toEqual(names.toSorted());
  expect(new Set(names.map((name) => STRATEGY_FACTS[name].flag)).size).toBe(names.length);
});

test.each(STRATEGY_NAMES)("what is told of a parameter of %s is what the schema allows", (name) => {
  const usual = defaultStrategy(name);
  for (const parameter of parametersOf(name)) {
    const accepts = (value: unknown) =>
      Strategy.safeParse({ ...usual, [parameter.key]: value }).success;
    switch (parameter.kind) {
      case "number": {
        const { min, max, step, isOptional } = parameter;
        expect([min, max].map(accepts)).toEqual([true, true]);
        expect([min - step, max + step, "1"].map(accepts)).toEqual([false, false, false]);
        expect(accepts(min + step / 2)).toBe(step !== 1);
        expect(accepts(undefined)).toBe(
          isOptional || Reflect.get(usual, parameter.key) !== undefined,
        );
        break;
      }
      case "choice":
        expect(parameter.choices.map(accepts)).not.toContain(false);
        if (parameter.words) {
          expect(Object.keys(parameter.words).toSorted()).toEqual(parameter.choices.toSorted());
        }
        break;
      case "flag":
        expect([true, false, 1].map(accepts)).toEqual([true, true, false]);
    }
  }
});

test.each(STRATEGY_NAMES)("title and story of %s stand while its numbers are not typed", (name) => {
  const untyped = Object.fromEntries(
    Object.entries(defaultStrategy(name)).map(([key, value]) => [
      key,
      typeof value === "number" ? Number.NaN : value,
    ]),
  ) as Strategy;
  const facts = factsOf({ name });
  for (const words of [facts.title(untyped), facts.story(untyped)].map(inEnglish)) {
    expect(words).not.toMatch(/NaN|undefined/);
  }
  expect(inEnglish(facts.story(defaultStrategy(name)))).toMatch(/^[A-Z0-9].*\.$/);
});
