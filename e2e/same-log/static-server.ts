import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Where a browser finds it, and how to end it. */
export interface StaticServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves these files by their paths, on any free port of this machine; `/` is an empty page. */
export async function serveFiles(
  files: ReadonlyMap<string, { readonly type: string; readonly bytes: Uint8Array }>,
): Promise<StaticServer> {
  const page = { type: "text/html", bytes: Buffer.from("<!doctype html><title>same log</title>") };
  const server = createServer(({ url = "/" }, response) => {
    const file = url === "/" ? page : files.get(url);
    if (!file) response.writeHead(404).end();
    else response.writeHead(200, { "content-type": file.type }).end(file.bytes);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
