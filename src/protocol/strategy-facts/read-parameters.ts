import { z } from "zod";
import { Strategy, type StrategyName } from "../strategies.ts";
import type { ParameterFacts } from "./facts.ts";
import { factsOf } from "./table.ts";

/** A parameter as forms and flags need it: what it means, and what the schema allows. */
export type Parameter = Omit<ParameterFacts<string>, "step"> & {
  /** In the strategy: `maxRounds`. */
  readonly key: string;
} & Kind;

type Kind =
  | {
      readonly kind: "number";
      readonly min: number;
      readonly max: number;
      /** 1 for whole numbers. */
      readonly step: number;
      /** Whether it may be absent. */
      readonly isOptional: boolean;
    }
  | { readonly kind: "choice"; readonly choices: readonly string[] }
  | { readonly kind: "flag" };

/** The strategy with the defaults of all its parameters. */
export function defaultStrategy(name: StrategyName): Strategy {
  return Strategy.parse({ name });
}

/** The parameters of a strategy in the order of its facts. */
export function parametersOf(name: StrategyName): readonly Parameter[] {
  return PARAMETERS[name];
}

const PARAMETERS = Object.fromEntries(
  Strategy.options.map(({ shape: { name, ...shape } }) => {
    const { parameters } = factsOf({ name: name.value });
    const schemas: Readonly<Record<string, z.ZodType>> = shape;
    const read = Object.entries<ParameterFacts>(parameters).map(([key, { step, ...facts }]) => ({
      ...(facts as ParameterFacts<string>),
      key,
      ...kindOf(schemas[key]!, step),
    }));
    return [name.value, read];
  }),
) as unknown as Readonly<Record<StrategyName, readonly Parameter[]>>;

function kindOf(schema: z.ZodType, step = 0.05): Kind {
  const { inner, isOptional } = unwrapped(schema);
  if (inner instanceof z.ZodBoolean) return { kind: "flag" };
  if (inner instanceof z.ZodEnum) return { kind: "choice", choices: inner.options.map(String) };
  if (!(inner instanceof z.ZodNumber)) {
    throw new TypeError(`a parameter of a strategy cannot be a ${inner.type}`);
  }
  const { minValue, maxValue, isInt } = inner;
  const [min, max] = [minValue ?? Number.NaN, maxValue ?? Number.NaN];
  if (!Number.isFinite(min) || !Number.isFinite(max)) {
    throw new TypeError("a parameter of a strategy needs bounds");
  }
  return { kind: "number", min, max, step: isInt ? 1 : step, isOptional };
}

/** What is inside of defaults and of what may be absent. */
function unwrapped(schema: z.ZodType): { inner: z.ZodType; isOptional: boolean } {
  let inner = schema;
  let isOptional = false;
  while (inner instanceof z.ZodDefault || inner instanceof z.ZodOptional) {
    isOptional ||= inner instanceof z.ZodOptional;
    inner = inner.unwrap() as z.ZodType;
  }
  return { inner, isOptional };
}
