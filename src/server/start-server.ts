import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { type AddressInfo, createServer, isIPv6 } from "node:net";
import { availableParallelism } from "node:os";
import path from "node:path";
import { z } from "zod";
import { LiveRuns } from "../runs/live-runs.ts";
import { modelList } from "../runs/model-list.ts";
import { createApp } from "./app.ts";
import { withConnected } from "./connections/connected-models.ts";
import { ConnectionStore } from "./connections/connection-store.ts";
import { Evaluations } from "./evaluation/evaluations.ts";
import { EventStreams } from "./event-stream.ts";
import { serveModelFiles } from "./llama-cpp/model-channel.ts";
import { followCards } from "./model-cards.ts";
import { SearchThreads } from "./search-threads.ts";
import { type Settings, StartError } from "./settings.ts";
import { openDataFolder } from "./store/data-folder.ts";
import { openSqliteStore } from "./store/sqlite-store.ts";
import { Training } from "./training/training-process.ts";

export interface RunningServer {
  readonly url: string;
  /** Stops readers and searches; ends when everything that was said is stored. */
  close(): Promise<void>;
}

const PACKAGE = new URL("../../package.json", import.meta.url);

/**
 * Starts a server: takes the data folder, marks what a former one left behind
 * as interrupted, and listens. Rejects with a `StartError` or a `StoreError`
 * that says in one sentence what is wrong, and then holds nothing.
 */
export async function startServer(settings: Settings): Promise<RunningServer> {
  const { host, port, dist, data, limits } = settings;
  if (!existsSync(path.join(dist, "index.html"))) {
    throw new StartError(`The app is not built: there is no index.html in ${dist}; run npm start.`);
  }
  await expectFree(port, host);
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(PACKAGE, "utf8")));

  await using opened = new AsyncDisposableStack();
  const folder = openDataFolder(data);
  opened.defer(() => folder.release());
  const store = await openSqliteStore(folder.path);
  opened.defer(() => store.close());
  await store.interruptOpenRuns();
  await store.evaluations.interruptOpen();

  opened.use(serveModelFiles());
  const connections = new ConnectionStore(folder.path, process.env);
  const cards = followCards(settings.models);
  const models = () => withConnected(modelList(cards()), connections.list());
  const runs = new LiveRuns({
    store,
    limits,
    openPlace: (listener) =>
      new SearchThreads({
        ...listener,
        threads: availableParallelism(),
        data: {
          ...{ models: settings.models, data: folder.path },
          producer: `sentei@${version}`,
        },
      }),
  });
  opened.defer(() => runs.close());
  const streams = new EventStreams(store, limits);
  const training = new Training(settings.training);
  opened.defer(() => training.close());
  const evaluations = new Evaluations({
    ...{ store: store.evaluations, sets: store.sets },
    models: { folder: settings.models, data: folder.path, list: models },
    limits,
  });
  opened.defer(() => evaluations.close());
  const app = await createApp({
    ...{ settings, version, connections, store, runs, streams, training, evaluations },
    models,
  });
  opened.defer(async () => {
    streams.close();
    await app.close();
  });
  try {
    await app.listen({ host, port });
  } catch (error) {
    throw whyNotListening(error, { host, port });
  }
  const running = opened.move();
  return {
    url: urlOf(host, (app.server.address() as AddressInfo).port),
    close: () => running.disposeAsync(),
  };
}

/** Before anything else is opened, so that a second start fails for the reason that people look for. */
async function expectFree(port: number, host: string): Promise<void> {
  const probe = createServer();
  try {
    probe.listen({ port, host });
    await once(probe, "listening");
  } catch (error) {
    throw whyNotListening(error, { host, port });
  }
  probe.close();
  await once(probe, "close");
}

function whyNotListening(error: unknown, { host, port }: { host: string; port: number }): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  switch (code) {
    case "EADDRINUSE":
      return new StartError(
        `Port ${port} is taken: stop what is using it, or set PORT to another one.`,
      );
    case "EACCES":
      return new StartError(
        `Port ${port} may not be opened by this user: set PORT to another one.`,
      );
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return new StartError(`HOST is ${host}, which is no address of this machine.`);
    default:
      return error;
  }
}

/** Where a browser on this machine finds it. */
function urlOf(host: string, port: number): string {
  const name = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  return `http://${isIPv6(name) ? `[${name}]` : name}:${port}`;
}
