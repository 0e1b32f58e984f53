import type { Maybe } from "./complex.ts";
import type { Program } from "./program.ts";

/** A number or an expression, with what it is measured in. */
export interface Quantity {
  readonly kind: "quantity";
  readonly program: Program;
  /** At the points of `evaluate.ts`; `null` if they are too much work, and then only the spelling counts. */
  readonly values: readonly Maybe[] | null;
  /** Without spaces and without the unit. */
  readonly spelling: string;
  readonly unit: string | null;
}

/** What an answer says. */
export type Answer =
  | Quantity
  /** A point, an interval, a ratio (`:`): what is in which brackets, in order. */
  | {
      readonly kind: "list";
      readonly open: string;
      readonly close: string;
      readonly items: readonly Answer[];
    }
  /** In any order; without braces (`3, 5`) what stands there twice counts twice. */
  | { readonly kind: "set"; readonly items: readonly Answer[]; readonly isBraced: boolean }
  | { readonly kind: "union"; readonly parts: readonly Answer[] }
  | {
      readonly kind: "equation";
      /** What is named on the left, if it is a name. */
      readonly label: string | null;
      /** What the name stands for; `null` without one. */
      readonly right: Answer | null;
      /** Left minus right; `null` if they are no expressions. */
      readonly difference: Quantity | null;
    }
  /** `difference` is above 0, or not below. */
  | { readonly kind: "inequality"; readonly isStrict: boolean; readonly difference: Quantity }
  | { readonly kind: "matrix"; readonly rows: readonly (readonly Answer[])[] }
  | { readonly kind: "text"; readonly text: string };

/** An answer as it was read. */
export interface ReadAnswer {
  readonly answer: Answer;
  /** Without spaces and what is noise: texts that are spelled alike mean the same. */
  readonly spelling: string;
}
