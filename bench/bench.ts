import { readdirSync } from "node:fs";

/** `npm run bench -- NAME [options]`: runs `bench/NAME.bench.ts`, which prints its figures. */
const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(".bench.ts"))
  .map((file) => file.replace(".bench.ts", ""));

const [name, ...args] = process.argv.slice(2);
if (name === undefined || !names.includes(name)) {
  console.error(`usage: npm run bench -- NAME [--json]; NAME is one of ${names.join(", ")}`);
  process.exit(2);
}
const bench = (await import(`./${name}.bench.ts`)) as { run(args: string[]): Promise<void> };
await bench.run(args);
