import path from "node:path";
import { familyOf } from "../src/problems/families.ts";
import { Budget } from "../src/protocol/budget.ts";
import { Sampling } from "../src/protocol/events.ts";
import { Strategy } from "../src/protocol/strategies.ts";
import type { Policy, Verifier } from "../src/search/ports.ts";
import { search } from "../src/search/strategies.ts";
import { openModels } from "../src/server/model-host.ts";

const PROBLEMS = 40;
const MODELS = path.join(import.meta.dirname, "../public/models");

/** Wall time spent between asking a model and having its reply, ms. */
interface Inside {
  ms: number;
}

/** The same policy, timed while a reply is being waited for; time in which the search holds a reply is not counted. */
function timedPolicy(policy: Policy, inside: Inside): Policy {
  return {
    name: policy.name,
    revision: policy.revision,
    async *propose(asks, signal) {
      const replies = policy.propose(asks, signal)[Symbol.asyncIterator]();
      for (;;) {
        const began = performance.now();
        const reply = await replies.next();
        inside.ms += performance.now() - began;
        if (reply.done === true) return;
        yield reply.value;
      }
    },
    dispose: () => policy.dispose(),
  };
}

function timedVerifier(verifier: Verifier, inside: Inside): Verifier {
  return {
    name: verifier.name,
    revision: verifier.revision,
    async score(asks, signal) {
      const began = performance.now();
      const verdicts = await verifier.score(asks, signal);
      inside.ms += performance.now() - began;
      return verdicts;
    },
    dispose: () => verifier.dispose(),
  };
}

/**
 * How much of a search's wall time passes inside the models: `PROBLEMS` held-out
 * problems, beam 16 × 4 with the embedded policy and PRM, one thread.
 */
export async function run(_args: string[]): Promise<void> {
  const host = await openModels(MODELS);
  const family = familyOf("expressions");
  const inside: Inside = { ms: 0 };
  let total = 0;
  let tokens = 0;
  for (let seed = 0; seed < PROBLEMS; seed++) {
    const level = family.levels[seed % family.levels.length]!;
    const parsed = family.generate({ level, seed, split: "held-out" });
    const problem = { family, parsed, text: family.render(parsed), level };
    const models = await host.open({ policy: "sentei-s", verifier: "sentei-prm" }, problem);
    const policy = timedPolicy(models.policy, inside);
    const verifier = timedVerifier(models.verifier!, inside);
    const began = performance.now();
    const facts = search(Strategy.parse({ name: "beam" }), {
      ...{
        problem,
        policy,
        verifier,
        seed,
        sampling: Sampling.parse({}),
        budget: Budget.parse({}),
      },
      signal: new AbortController().signal,
      producer: "bench",
      elapsedMs: () => performance.now() - began,
    });
    for await (const fact of facts) {
      if (fact.type === "finished") tokens += fact.use.policyTokens + fact.use.prmTokens;
    }
    total += performance.now() - began;
    policy.dispose();
    verifier.dispose();
  }
  const share = inside.ms / total;
  console.log(`${PROBLEMS} searches, ${(total / PROBLEMS).toFixed(0)} ms each`);
  console.log(`inside the models: ${(share * 100).toFixed(1)} % of the wall time`);
  console.log(
    JSON.stringify({
      bench: "search",
      share,
      msPerSearch: total / PROBLEMS,
      tokensPerSecond: (tokens / total) * 1000,
    }),
  );
}
