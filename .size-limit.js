import { readFileSync } from "node:fs";

/** Scripts and styles that a browser fetches before anything is shown. */
const html = readFileSync("dist/index.html", "utf8");
const path = [...html.matchAll(/assets\/[^"]+\.(?:js|css)/g)].map(([file]) => `dist/${file}`);

// biome-ignore lint/style/noDefaultExport: size-limit reads that
export default [
  { name: "first load: scripts and styles, gzip", path, gzip: true, limit: "250 kB" },
];
