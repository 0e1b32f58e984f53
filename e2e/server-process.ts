import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";

const ROOT = path.join(import.meta.dirname, "..");

/** What is started: the server alone, or as `npm start` does, which builds what is not built. */
const ENTRIES = { server: "src/server/main.ts", start: "scripts/start.ts" } as const;

interface ServerOptions {
  readonly entry?: keyof typeof ENTRIES;
  /** Environment variables besides those of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A server as people run it: a process of its own, here with a data folder of its own. */
export class ServerProcess {
  readonly #data = mkdtempSync(path.join(tmpdir(), "sentei-e2e-"));
  readonly #options: ServerOptions;
  #child: ChildProcess | null = null;
  #url = "";
  #errors = "";

  private constructor(options: ServerOptions) {
    this.#options = options;
  }

  /** Starts one on any free port; rejects with what it printed if it does not get ready. */
  static async start(options: ServerOptions = {}): Promise<ServerProcess> {
    const server = new ServerProcess(options);
    await server.#open("0");
    return server;
  }

  /** Without a slash at its end. The same after a restart. */
  get url(): string {
    return this.#url;
  }

  /** What it complained about, of all its lives. */
  get errors(): string {
    return this.#errors;
  }

  /** As a power failure would: no time to say goodbye. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  /** Starts it again, on the same port and with the same data. */
  async restart(): Promise<void> {
    await this.#open(new URL(this.#url).port);
  }

  /** As Ctrl-C does. Its data are removed. */
  async stop(): Promise<void> {
    await this.#end("SIGINT");
    rmSync(this.#data, { recursive: true, force: true, maxRetries: 5 });
  }

  async #open(port: string): Promise<void> {
    const { entry = "server", env = {} } = this.#options;
    const child = spawn(process.execPath, [path.join(ROOT, ENTRIES[entry])], {
      env: {
        // Node complains on stderr if both are set, as here where somebody wants no colours.
        ...{ ...process.env, NO_COLOR: undefined, FORCE_COLOR: undefined, ...env },
        ...{ PORT: port, HOST: "127.0.0.1", SENTEI_DATA: this.#data },
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child = child;
    child.stderr.on("data", (text: Buffer) => {
      this.#errors += text.toString();
    });
    for await (const line of createInterface({ input: child.stdout })) {
      const ready = /^Sentei is ready: (\S+)$/.exec(line);
      if (ready === null) continue;
      this.#url = ready[1]!;
      return;
    }
    throw new Error(`the server did not start: ${this.#errors}`);
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child === null || child.exitCode !== null) return;
    const exit = once(child, "exit");
    child.kill(signal);
    await exit;
  }
}
