import { StoreError } from "../runs/run-store.ts";
import { readSettings, StartError } from "./settings.ts";
import { startServer } from "./start-server.ts";

/** Longest that stopping may take, ms. */
const STOP_MS = 1_900;

try {
  const server = await startServer(readSettings(process.env));
  let isStopping = false;
  const stop = () => {
    // Asked twice, it goes at once.
    if (isStopping) process.exit(1);
    isStopping = true;
    setTimeout(() => process.exit(1), STOP_MS).unref();
    void server.close().then(() => process.exit(0));
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  console.log(`Sentei is ready: ${server.url}`);
} catch (error) {
  if (!(error instanceof StartError || error instanceof StoreError)) throw error;
  console.error(error.message);
  process.exit(1);
}
