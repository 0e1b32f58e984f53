import { drawInteger } from "../../lib/draw.ts";
import { hash32 } from "../../lib/hash.ts";
import { createRandom, deriveSeed } from "../../lib/random.ts";
import {
  type Complex,
  exponential,
  type Maybe,
  onReal,
  opposite,
  power,
  product,
  quotient,
  real,
  realOf,
  reciprocal,
  rootOf,
  squareRoot,
  sum,
} from "./complex.ts";
import { arccos, arcsin, arctan, cos, exp, ln, PI, sin } from "./elementary.ts";
import { ARITY, type Operation, type Program, variablesOf } from "./program.ts";
import { bits, ONE, type Rational, rational, ZERO } from "./rational.ts";
import { absolute, floor, isExact, isHandy, negate, type Real } from "./real.ts";

/** Longest program that is evaluated, and most units of work on one expression: about 0.1 s. */
const MOST_INSTRUCTIONS = 512;
const MOST_WORK = 100_000;

/** Where variables are positive fractions, negative ones, fractions of any sign, and small whole numbers. */
const POINTS = [
  ...(["positive", "positive", "negative", "any", "any"] as const),
  ...(["whole", "whole", "whole", "whole"] as const),
];

/** At how many of them two expressions have to be defined to be called equal. */
export const ENOUGH_POINTS = 4;

/**
 * The values of an expression at points that are drawn for each variable by its
 * name, so that they are the same for every expression; one value if there is no
 * variable. `null` if that would be too much work.
 */
export function valuesOf(program: Program): readonly Maybe[] | null {
  if (program.length > MOST_INSTRUCTIONS) return null;
  const effort = { left: MOST_WORK };
  const points = variablesOf(program).size === 0 ? POINTS.slice(0, 1) : POINTS;
  const values = points.map((_, point) => valueAt(program, point, effort));
  return effort.left < 0 ? null : values;
}

function valueAt(program: Program, point: number, effort: { left: number }): Maybe {
  const stack: Maybe[] = [];
  for (const each of program) {
    if (effort.left < 0) return null;
    if (each.kind === "number") stack.push(real(each.value));
    else if (each.kind === "symbol") stack.push(valueOfSymbol(each.name, point));
    else {
      const value = apply(each.operation, stack.splice(-ARITY[each.operation]));
      effort.left -= costOf(each.operation) + (value ? sizeCost(value) : 1);
      stack.push(value);
    }
  }
  return stack[0]!;
}

function valueOfSymbol(name: string, point: number): Complex {
  if (name === "pi") return real(PI);
  if (name === "e") return real(exp(ONE)!);
  if (name === "i") return { re: ZERO, im: ONE };
  const random = createRandom(deriveSeed(hash32(name), point));
  if (POINTS[point] === "whole") {
    // Distinct whole numbers, so that no two points are one.
    return real(rational(BigInt(3 * (point - 5) + drawInteger(random, 2, 4))));
  }
  const size = rational(
    BigInt(drawInteger(random, 1, 9_999)),
    BigInt(drawInteger(random, 101, 999)),
  );
  const isNegative = POINTS[point] === "negative" || (POINTS[point] === "any" && random() < 0.5);
  return real(isNegative ? negate(size) : size);
}

type Unary = (z: Complex) => Maybe;
type Binary = (a: Complex, b: Complex) => Maybe;

/** Any base that nobody told: laws of logarithms hold, and ln is another function. */
const UNTOLD_BASE = rational(977n, 613n);
const DEGREE: Unary = (z) => product(z, product(real(PI), real(rational(1n, 180n))));

const sine = onReal(sin);
const cosine = onReal(cos);
const logarithm = onReal(ln);

const UNARY: Readonly<Partial<Record<Operation, Unary>>> = {
  negate: opposite,
  sqrt: squareRoot,
  factorial: onReal(factorial),
  percent: (z) => product(z, real(rational(1n, 100n))),
  degrees: DEGREE,
  abs: (z) => (realOf(z) ? real(absolute(z.re)) : modulus(z)),
  floor: onReal(floor),
  ceil: onReal((x) => {
    const below = floor(negate(x));
    return below && negate(below);
  }),
  exp: exponential,
  ln: logarithm,
  log: (z) => then(logarithm(z), (w) => product(w, real(UNTOLD_BASE))),
  lg: (z) => logBase(real(rational(10n)), z),
  sin: sine,
  cos: cosine,
  tan: (z) => both(sine(z), cosine(z), quotient),
  cot: (z) => both(cosine(z), sine(z), quotient),
  sec: (z) => then(cosine(z), reciprocal),
  csc: (z) => then(sine(z), reciprocal),
  arcsin: onReal(arcsin),
  arccos: onReal(arccos),
  arctan: onReal(arctan),
  sinh: (z) => hyperbolic(z, -1n),
  cosh: (z) => hyperbolic(z, 1n),
  tanh: (z) => both(hyperbolic(z, -1n), hyperbolic(z, 1n), quotient),
};

const BINARY: Readonly<Partial<Record<Operation, Binary>>> = {
  add: sum,
  subtract: (a, b) => sum(a, opposite(b)),
  multiply: product,
  divide: quotient,
  power,
  root: (degree, z) => rootOf(z, degree),
  logBase: (z, base) => logBase(base, z),
  choose,
};

/** Of what has no value there is none. */
function apply(operation: Operation, [a = null, b]: readonly Maybe[]): Maybe {
  if (a === null || b === null) return null;
  const value = b === undefined ? UNARY[operation]!(a) : BINARY[operation]!(a, b);
  return value && isHandy(value.re) && isHandy(value.im) ? value : null;
}

function then(value: Maybe, f: Unary): Maybe {
  return value && f(value);
}

function both(a: Maybe, b: Maybe, f: Binary): Maybe {
  return a && b && f(a, b);
}

function logBase(base: Complex, z: Complex): Maybe {
  return both(logarithm(z), logarithm(base), quotient);
}

function modulus({ re, im }: Complex): Maybe {
  const square = sum(product(real(re), real(re)), product(real(im), real(im)));
  return squareRoot(square);
}

/** (e^z ± e^−z) / 2. */
function hyperbolic(z: Complex, sign: bigint): Maybe {
  return both(exponential(z), exponential(opposite(z)), (a, b) =>
    product(sum(a, product(b, real(rational(sign)))), real(rational(1n, 2n))),
  );
}

/** Largest number whose factorial is multiplied out. */
const MOST_FACTORS = 1_000n;

function wholeUpTo(x: Real | null, most: bigint): bigint | null {
  const isWhole = x !== null && isExact(x) && x.d === 1n && x.n >= 0n && x.n <= most;
  return isWhole ? (x as Rational).n : null;
}

function factorial(x: Real): Real | null {
  const n = wholeUpTo(x, MOST_FACTORS);
  return n === null ? null : rational(falling(n, n));
}

/** Largest k of a binomial coefficient whose n is not whole. */
const MOST_TERMS = 16n;

/** n (n − 1) … (n − k + 1) / k!, for any n; a whole k. */
function choose(n: Complex, lower: Complex): Maybe {
  const k = wholeUpTo(realOf(lower), MOST_FACTORS);
  const whole = wholeUpTo(realOf(n), MOST_FACTORS);
  if (k === null || (whole === null && k > MOST_TERMS)) return null;
  if (whole !== null) return real(k > whole ? ZERO : rational(falling(whole, k) / falling(k, k)));
  let result = real(ONE);
  for (let i = 0n; i < k; i++) {
    const factor = sum(n, real(rational(-i)));
    result = product(result, product(factor, real(rational(1n, i + 1n))));
    if (!isHandy(result.re) || !isHandy(result.im)) return null;
  }
  return result;
}

/** n (n − 1) … of k factors. */
function falling(n: bigint, k: bigint): bigint {
  let result = 1n;
  for (let i = 0n; i < k; i++) result *= n - i;
  return result;
}

const DEAR: ReadonlySet<Operation> = new Set([
  ...(["power", "root", "logBase", "factorial", "choose", "exp", "ln", "log", "lg"] as const),
  ...(["sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan"] as const),
  ...(["sinh", "cosh", "tanh"] as const),
]);

/** Units of work, a microsecond or so each. */
function costOf(operation: Operation): number {
  return DEAR.has(operation) ? 100 : 2;
}

/** Reducing a fraction takes time with the square of its length. */
function sizeCost({ re, im }: Complex): number {
  return [re, im].reduce((cost, x) => {
    if (!isExact(x) || x.d === 1n) return cost + 1;
    const words = (bits(x.n) + bits(x.d)) / 64;
    return cost + words * words;
  }, 0);
}
