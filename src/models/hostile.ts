import { drawOne } from "../lib/draw.ts";
import { createRandom } from "../lib/random.ts";
import type { Policy } from "../search/ports.ts";

/**
 * Texts that have broken pages: markup, addresses that run or fetch, characters
 * that turn lines around, stack up, cannot be seen or are half of one, formats
 * of this project's own wire, and a line of 100,000 characters.
 */
export const HOSTILE_TEXTS: readonly string[] = [
  '<img src="x" onerror="alert(1)">',
  "<script>alert(2)</script><style>*{display:none}</style>",
  '"><svg/onload=alert(3)><iframe src="https://example.com/frame"></iframe>',
  "[a link](javascript:alert(4)) ![an image](https://example.com/image.png)",
  "1+2=\u202e3=4\u2066 and \u200fright to left",
  "zero\u200bwidth\u200d\u2060\ufeff, nothing\u0000\u0007\u001b[31m red",
  "two\u2028lines\u2029or\nthree\r\ndata: [1]\n\nevent: end\n\n",
  "👩‍👩‍👧‍👦🏳️‍🌈👍🏿 12÷4=3 \u{1f1ef}\u{1f1f5} 剪定 السلام",
  "half of a character: \ud83d and \udc4d",
  `Z${"\u0351\u0302\u0330".repeat(200)} stacked`,
  '{"type":"finished","seq":0}',
  "__proto__",
  "",
  `${"12*9-14*3=".repeat(10_000)}!`,
];

/**
 * A policy whose steps and answers are replaced by hostile texts, each chosen by
 * its ask's seed: what a page has to survive when anybody's model may write into
 * it. Tokens are still those of the policy behind it.
 */
export function hostilePolicy(policy: Policy): Policy {
  return {
    name: policy.name,
    revision: policy.revision,
    async *propose(asks, signal) {
      for await (const proposed of policy.propose(asks, signal)) {
        const random = createRandom(asks[proposed.ask]!.seed);
        const text = drawOne(random, HOSTILE_TEXTS);
        const answer = proposed.answer === null ? null : drawOne(random, HOSTILE_TEXTS);
        yield { ...proposed, text, answer };
      }
    },
    dispose: () => policy.dispose(),
  };
}
