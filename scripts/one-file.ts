import { readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { build, type Plugin, type Rolldown } from "vite";

const ROOT = path.join(import.meta.dirname, "..");
/** Where an export puts its runs. */
const PLACE = "<!-- runs -->";

/** Adds `viewer.html` to what is built: the app as one file, without runs. */
export function viewerFile(): Plugin {
  return {
    name: "sentei-viewer-file",
    apply: "build",
    async generateBundle() {
      const built = await build({ root: ROOT, mode: "file", logLevel: "warn" });
      const { output } = built as Rolldown.RolldownOutput;
      this.emitFile({ type: "asset", fileName: "viewer.html", source: pageOf(output) });
    },
  };
}

/**
 * Settings of the build that `viewer.html` is made of: one script, classic workers (a page from a
 * disk can start no others), and every file looked up in `senteiFiles`, which the page fills
 * before the script starts.
 */
export const FILE_BUILD = {
  base: "./",
  worker: { format: "iife" as const },
  build: {
    write: false,
    target: "es2023",
    // Fonts go into the styles; scripts are compressed by us.
    assetsInlineLimit: (file: string) => file.endsWith(".woff2"),
    chunkSizeWarningLimit: 2000,
    rolldownOptions: { output: { codeSplitting: false as const } },
  },
  experimental: {
    renderBuiltUrl: (file: string, { hostType }: { hostType: "js" | "css" | "html" }) =>
      hostType === "js" ? { runtime: `globalThis.senteiFiles[${JSON.stringify(file)}]` } : file,
  },
};

/** The fonts of KaTeX in the one format that every browser of today reads, for styles that hold them. */
export function oneFontFormat(): Plugin {
  return {
    name: "sentei-one-font-format",
    enforce: "pre",
    load(id) {
      if (!id.endsWith("katex.min.css")) return null;
      return readFileSync(id, "utf8").replaceAll(
        /,url\([^)]*\.(?:woff|ttf)\)\s*format\("(?:woff|truetype)"\)/g,
        "",
      );
    },
  };
}

/** The entry of that build. */
export function fileEntry(): Plugin {
  return {
    name: "sentei-file-entry",
    enforce: "pre",
    transformIndexHtml: {
      order: "pre",
      handler: (html) => html.replace("/src/app/main.ts", "/src/app/main-file.ts"),
    },
  };
}

/** What the page may do: run what is inside of it, and talk to nobody. */
const POLICY = [
  "default-src 'none'",
  "script-src 'unsafe-inline' blob:",
  "worker-src blob:",
  "style-src 'unsafe-inline'",
  "font-src data:",
  "img-src data: blob:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** Unpacks the scripts, and starts the first of them. */
const START = `(async () => {
  const files = (globalThis.senteiFiles = {});
  for (const packed of document.querySelectorAll("script[data-file]")) {
    const bytes = Uint8Array.from(atob(packed.textContent), (character) => character.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    const script = new Blob([await new Response(stream).blob()], { type: "text/javascript" });
    files[packed.dataset.file] = URL.createObjectURL(script);
    packed.remove();
  }
  await import(files.main);
})();`;

function pageOf(output: Rolldown.RolldownOutput["output"]): string {
  const scripts = output.flatMap((file) => {
    if (file.type === "chunk")
      return [{ name: file.isEntry ? "main" : file.fileName, code: file.code }];
    if (!file.fileName.endsWith(".js")) return [];
    return [{ name: file.fileName, code: textOf(file.source) }];
  });
  const styles = output.flatMap((file) =>
    file.type === "asset" && file.fileName.endsWith(".css") ? [textOf(file.source)] : [],
  );
  const packed = scripts.map(({ name, code }) => {
    const data = gzipSync(code, { level: 9 }).toString("base64");
    return `<script type="text/plain" data-file="${name}">${data}</script>`;
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Sentei</title>
<style>${styles.join("\n")}</style>
</head>
<body>
<div id="app"></div>
<noscript>Sentei draws the search tree in the browser and needs JavaScript for it.</noscript>
${PLACE}
${packed.join("\n")}
<script>${START}</script>
</body>
</html>
`;
}

function textOf(source: string | Uint8Array): string {
  return typeof source === "string" ? source : new TextDecoder().decode(source);
}
