// Adds up what Vitest and Playwright printed; plain JavaScript, any Node.
import { readFileSync } from "node:fs";

const [status = "1", log = ""] = process.argv.slice(2);
// biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes are control characters.
const text = readFileSync(log, "utf8").replace(/\x1b\[[0-9;]*m/g, "");
const sum = (pattern) =>
  [...text.matchAll(pattern)].reduce((total, match) => total + Number(match[1]), 0);

// Vitest: "      Tests  1 failed | 41 passed (42)". Playwright: "  12 passed (34.1s)".
const passed = sum(/^\s*Tests\s.*?(\d+) passed/gm) + sum(/^\s+(\d+) passed \(/gm);
const failed = sum(/^\s*Tests\s.*?(\d+) failed/gm) + sum(/^\s+(\d+) failed$/gm);

// A step without a count of its own (types, lint, size) that fails is one failure.
const broken = status !== "0" && failed === 0 ? 1 : failed;
process.stdout.write(`${passed} passed, ${broken} failed\n`);
