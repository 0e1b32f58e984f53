import { existsSync, readFileSync } from "node:fs";

/** Scripts and styles that a browser fetches before anything is shown. */
function firstLoad(dist) {
  const html = readFileSync(`${dist}/index.html`, "utf8");
  return [...html.matchAll(/assets\/[^"]+\.(?:js|css)/g)].map(([file]) => `${dist}/${file}`);
}

const name = "first load: scripts and styles, gzip";
const limits = { gzip: true, limit: "250 kB" };

// biome-ignore lint/style/noDefaultExport: size-limit reads that
export default [
  { name, path: firstLoad("dist"), ...limits },
  {
    ...{ name: "a run in a file of its own, without the run", path: "dist/viewer.html" },
    ...{ gzip: false, brotli: false, limit: "1 MB" },
  },
  // Where it is built: what a page without a server shows itself with, before its worker and its models.
  ...(existsSync("dist-demo/index.html")
    ? [{ name: `${name}, without a server`, path: firstLoad("dist-demo"), ...limits }]
    : []),
];
