import { drawInteger, drawOne } from "../../lib/draw.ts";

type Random = () => number;

const LEAVES = ["x", "y", "n", "\\pi", "\\sqrt{2}", "\\sqrt3", "e", "\\frac{2}{7}", "0.25", "a_1"];

/** An expression in LaTeX, in brackets where it needs them. */
function draw(random: Random, depth: number): string {
  if (depth === 0) {
    return random() < 0.5 ? String(drawInteger(random, 1, 99)) : drawOne(random, LEAVES);
  }
  const [a, b] = [draw(random, depth - 1), draw(random, depth - 1)];
  return drawOne(random, [
    `(${a}+${b})`,
    `(${a}-${b})`,
    `${a} \\cdot ${b}`,
    `\\frac{${a}}{${b}+x^2}`,
    `(${a})^{${drawInteger(random, 2, 3)}}`,
  ]);
}

/** Two spellings of one expression: a law of algebra was used once. */
export function rewritten(random: Random): readonly [string, string] {
  const part = () => draw(random, drawInteger(random, 0, 2));
  const [a, b, c] = [part(), part(), part()];
  return drawOne<readonly [string, string]>(random, [
    [`${a}+${b}`, `${b}+${a}`],
    [`(${a})(${b})`, `(${b}) \\times (${a})`],
    [`(${a})((${b})+(${c}))`, `(${a})(${b})+(${a})(${c})`],
    [`(${a}+${b})^2`, `(${a})^2+2(${a})(${b})+(${b})^2`],
    [`(${a})^2-(${b})^2`, `((${a})-(${b}))((${a})+(${b}))`],
    [`\\frac{${a}}{2}+\\frac{${b}}{3}`, `\\frac{3(${a})+2(${b})}{6}`],
    [`(${a})-(${b})`, `-((${b})-(${a}))`],
    [`\\frac{(${a})^3}{${a}}`, `(${a})^{2}`],
    [`\\sqrt{2}(${a})`, `\\frac{2(${a})}{\\sqrt{2}}`],
  ]);
}

/** Two expressions of which one is the other with a number added, a sign turned, or a factor changed. */
export function perturbed(random: Random): readonly [string, string] {
  const a = draw(random, drawInteger(random, 0, 2));
  const k = drawInteger(random, 1, 9);
  return drawOne<readonly [string, string]>(random, [
    [a, `${a}+${k}`],
    [a, `${a}+\\frac{1}{10^{${k + 9}}}`],
    [a, `${a} + 10^{-${30}}\\sqrt{${k + 0.5}}`],
    [`${a}+x^2`, `${a}+x^{${k + 2}}`],
    [`${a}+x`, `${a}-x`],
    [`${a}+\\sqrt{2}`, `${a}+\\sqrt{${k + 2}}`],
    [`${a}+xy`, `${a}+x+y`],
  ]);
}

/** An answer and a reference, equal or not. */
export function pairOf(random: Random): readonly [string, string] {
  return random() < 0.5 ? rewritten(random) : perturbed(random);
}

/** The same answer as another model would write it. */
export function wrappedIn(answer: string, random: Random): string {
  let noisy = answer;
  for (let times = drawInteger(random, 1, 4); times > 0; times--)
    noisy = drawOne(random, NOISE)(noisy);
  return drawOne(random, OUTER)(noisy);
}

const NOISE: readonly ((text: string) => string)[] = [
  (text) => ` ${text} `,
  (text) => text.replaceAll("\\frac", "\\dfrac"),
  (text) => text.replaceAll("\\frac", "\\tfrac"),
  (text) => text.replaceAll("(", "\\left(").replaceAll(")", "\\right)"),
  (text) => text.replaceAll("(", "\\bigl( ").replaceAll(")", " \\bigr)"),
  (text) => text.replaceAll("+", "\\,+\\;"),
  (text) => text.replaceAll("\\cdot", "\\times"),
  (text) => text.replaceAll("\\pi", "π "),
  (text) => `{${text}}`,
  (text) => `\\displaystyle ${text}`,
];

const OUTER: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => `$${text}$`,
  (text) => `\\(${text}\\).`,
  (text) => `\\[ ${text} \\]`,
  (text) => `\\boxed{${text}}`,
  (text) => `So $\\boxed{${text}}$ is it.`,
  (text) => `The answer is $${text}$.`,
];
