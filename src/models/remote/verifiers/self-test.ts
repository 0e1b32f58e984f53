import type { SelfTest, VerifierSpec } from "../../../protocol/connections.ts";
import { FORMAT_PRESETS, presetFor } from "../../../protocol/format-presets.ts";
import type { ModelServer } from "../model-server.ts";
import { findRefused } from "../probe.ts";
import { openRemoteVerifier } from "./remote-verifier.ts";

interface SelfTestOptions {
  readonly server: ModelServer;
  readonly connection: Pick<VerifierSpec, "id" | "model" | "scoring">;
  readonly signal: AbortSignal;
}

interface TestCase {
  readonly problem: string;
  readonly right: readonly string[];
  readonly wrong: readonly string[];
  readonly wrongAt: number;
}

/** Mistakes that nobody who can score steps overlooks, at the beginning, in the middle and at the end. */
const CASES: readonly TestCase[] = [
  {
    problem: "What is 17 + 25 * 3?",
    right: ["25 * 3 = 75.", "17 + 75 = 92.", "The answer is \\boxed{92}."],
    wrong: ["25 * 3 = 65.", "17 + 65 = 82.", "The answer is \\boxed{82}."],
    wrongAt: 0,
  },
  {
    problem: "How many legs do three cats and a hen have?",
    right: [
      "A cat has 4 legs, so three cats have 3 * 4 = 12 legs.",
      "With the 2 legs of the hen that makes 12 + 2 = 14.",
      "The answer is \\boxed{14}.",
    ],
    wrong: [
      "A cat has 4 legs, so three cats have 3 * 4 = 12 legs.",
      "With the 2 legs of the hen that makes 12 + 2 = 18.",
      "The answer is \\boxed{18}.",
    ],
    wrongAt: 1,
  },
  {
    problem: "Solve 3x - 7 = 11 for x.",
    right: ["Adding 7 gives 3x = 11 + 7 = 18.", "So x = 18 / 3 = 6, and the answer is \\boxed{6}."],
    wrong: ["Adding 7 gives 3x = 11 + 7 = 18.", "So x = 18 / 3 = 9, and the answer is \\boxed{9}."],
    wrongAt: 1,
  },
];

/**
 * Has a right and a wrong solution of three problems scored. Rejects with a
 * `ServerFault` unless there is a score for every step.
 */
export async function selfTest({ server, connection, signal }: SelfTestOptions): Promise<SelfTest> {
  const { clock } = server;
  const began = clock.now();
  const refuses =
    connection.scoring.kind === "judge" ? await refusedByChat({ server, connection, signal }) : [];
  const tested = await Promise.all(
    CASES.map(async ({ problem, right, wrong, wrongAt }) => {
      const verifier = openRemoteVerifier({ server, connection, refuses, problem, earlier: [] });
      const asks = [right, wrong].map((steps) => ({ steps, ended: true, answer: null }));
      const { scores, spent } = await verifier.score(asks, signal);
      verifier.dispose();
      const [good = [], bad = []] = scores;
      return {
        spent,
        case: {
          ...{ problem, wrongAt },
          right: right.map((text, i) => ({ text, score: good[i]! })),
          wrong: wrong.map((text, i) => ({ text, score: bad[i]! })),
          inOrder: Math.min(...good) > Math.min(...bad),
        },
      };
    }),
  );
  const sum = (of: "prmTokens" | "prmCalls") =>
    tested.reduce((total, { spent }) => total + spent[of], 0);
  return {
    cases: tested.map((each) => each.case),
    ...{ prmTokens: sum("prmTokens"), prmCalls: sum("prmCalls") },
    ...{ ms: clock.now() - began, refuses: [...refuses] },
  };
}

function refusedByChat({ server, connection, signal }: SelfTestOptions) {
  const format = presetFor(FORMAT_PRESETS[0]!, "chat");
  return findRefused({
    ...{ server, signal, connection: { api: "chat", model: connection.model, format } },
  });
}
