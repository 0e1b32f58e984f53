import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";

const MAIN = path.join(import.meta.dirname, "../src/server/main.ts");

/** A server as people run it: a process of its own, here with a data folder of its own. */
export class ServerProcess {
  readonly #data = mkdtempSync(path.join(tmpdir(), "sentei-e2e-"));
  readonly #env: Readonly<Record<string, string>>;
  #child: ChildProcess | null = null;
  #url = "";
  #errors = "";

  constructor(env: Readonly<Record<string, string>>) {
    this.#env = env;
  }

  /** Starts one on any free port; rejects with what it printed if it does not get ready. */
  static async start(env: Readonly<Record<string, string>> = {}): Promise<ServerProcess> {
    const server = new ServerProcess(env);
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
    const child = spawn(process.execPath, [MAIN], {
      env: {
        ...{ ...process.env, ...this.#env },
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
