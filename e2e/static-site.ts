import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";

/** Where a browser finds it, and how to end it. */
export interface StaticSite {
  /** Ends in a slash. */
  readonly url: string;
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
};

/** Serves the files of a folder under a path of any free port, as a host that knows nothing of them would. */
export async function serveFolder(folder: string, under: string): Promise<StaticSite> {
  const root = path.resolve(folder);
  const server = createServer(({ url = "/" }, response) => {
    const { pathname } = new URL(url, "http://here");
    if (!pathname.startsWith(under)) return void response.writeHead(404).end();
    const name = decodeURIComponent(pathname.slice(under.length)) || "index.html";
    const file = path.join(root, name);
    const type = TYPES[path.extname(file)] ?? "application/octet-stream";
    try {
      if (!file.startsWith(root)) throw new Error("outside");
      const bytes = readFileSync(file);
      response.writeHead(200, { "content-type": type }).end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${under}`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
