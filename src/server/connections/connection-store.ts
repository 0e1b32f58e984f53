import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import {
  Capabilities,
  type Connection,
  ConnectionInput,
  ConnectionSpec,
  SelfTest,
} from "../../protocol/connections.ts";
import { KeySealer, SealedKey } from "./sealed-keys.ts";

const StoredConnection = z.object({
  spec: ConnectionSpec,
  key: SealedKey.nullable(),
  capabilities: Capabilities.nullable(),
  selfTest: SelfTest.nullable().default(null),
});
type StoredConnection = z.infer<typeof StoredConnection>;

const StoredConnections = z.object({
  version: z.literal(1),
  connections: z.array(StoredConnection),
});

/** A connection with its key, for whoever is about to use it. Never leaves the server. */
export interface OpenConnection {
  readonly spec: ConnectionSpec;
  readonly key: string | null;
  readonly capabilities: Capabilities | null;
  readonly selfTest: SelfTest | null;
}

/** What a probe or a self-test found. */
export type Learnt = Partial<Pick<OpenConnection, "capabilities" | "selfTest">>;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The user's connections, in the file `connections.json` of the data folder,
 * with their keys sealed. Read anew each time, so that threads that search see
 * what was saved. A key in the environment, `SENTEI_KEY_MY_SERVER` for
 * `my-server`, goes before a stored one and is stored nowhere.
 */
export class ConnectionStore {
  readonly #file: string;
  readonly #sealer: KeySealer;
  readonly #env: Environment;

  constructor(folder: string, env: Environment) {
    this.#file = path.join(folder, "connections.json");
    this.#sealer = new KeySealer(folder);
    this.#env = env;
  }

  /** By id. Without keys. */
  list(): Connection[] {
    return this.#read()
      .map((stored) => this.#shown(stored))
      .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  }

  open(id: string): OpenConnection | null {
    const stored = this.#read().find(({ spec }) => spec.id === id);
    if (stored === undefined) return null;
    const { spec, capabilities, selfTest, key } = stored;
    const own = key && this.#sealer.open(key, purposeOf(spec));
    return { spec, capabilities, selfTest, key: this.#env[variableOf(id)] || own };
  }

  /**
   * Saves a connection under its id. A key that is not sent is kept, unless the
   * connection now goes to another server: that one was not trusted with it.
   * What was found out is kept only if it still holds.
   */
  save(input: ConnectionInput): Connection {
    const { key, ...spec } = ConnectionInput.parse(input);
    const all = this.#read();
    const former = all.find((each) => each.spec.id === spec.id);
    const kept = former && purposeOf(former.spec) === purposeOf(spec) ? former.key : null;
    const sealed = key == null ? null : this.#sealer.seal(key, purposeOf(spec));
    const known = former && isSameModel(former.spec, spec) ? former : null;
    const stored: StoredConnection = {
      spec,
      key: key === undefined ? (kept ?? null) : sealed,
      ...{ capabilities: known?.capabilities ?? null, selfTest: known?.selfTest ?? null },
    };
    this.#write([...all.filter((each) => each !== former), stored]);
    return this.#shown(stored);
  }

  /** Keeps what was found out, unless the connection was changed meanwhile. */
  learn(probed: ConnectionSpec, learnt: Learnt): Connection | null {
    const all = this.#read();
    const stored = all.find(({ spec }) => spec.id === probed.id);
    if (stored === undefined || !isSameModel(stored.spec, probed)) return null;
    const known = { ...stored, ...learnt };
    this.#write(all.map((each) => (each === stored ? known : each)));
    return this.#shown(known);
  }

  /** Whether there was one. */
  remove(id: string): boolean {
    const all = this.#read();
    const rest = all.filter(({ spec }) => spec.id !== id);
    if (rest.length < all.length) this.#write(rest);
    return rest.length < all.length;
  }

  #shown({ spec, key, capabilities, selfTest }: StoredConnection): Connection {
    const fromEnvironment = Boolean(this.#env[variableOf(spec.id)]);
    const shown = fromEnvironment ? "environment" : key === null ? "none" : "stored";
    return spec.role === "verifier"
      ? { ...spec, key: shown, selfTest }
      : { ...spec, key: shown, capabilities };
  }

  #read(): StoredConnection[] {
    if (!existsSync(this.#file)) return [];
    try {
      const json: unknown = JSON.parse(readFileSync(this.#file, "utf8"));
      return StoredConnections.parse(json).connections;
    } catch (cause) {
      // What it holds is not told: it may be keys of somebody who edited it.
      throw new Error("connections.json in the data folder cannot be read", { cause });
    }
  }

  /** In one piece, whatever happens meanwhile. */
  #write(connections: readonly StoredConnection[]): void {
    const text = JSON.stringify({ version: 1, connections }, null, 2);
    const draft = `${this.#file}.new`;
    writeFileSync(draft, text, { mode: 0o600 });
    renameSync(draft, this.#file);
  }
}

/** A key is for one connection to one server. */
function purposeOf({ id, url }: ConnectionSpec): string {
  return `${id} ${new URL(url).origin}`;
}

function isSameModel(a: ConnectionSpec, b: ConnectionSpec): boolean {
  const wayOf = (spec: ConnectionSpec) => (spec.role === "verifier" ? spec.scoring : spec.api);
  return a.url === b.url && a.model === b.model && isDeepStrictEqual(wayOf(a), wayOf(b));
}

function variableOf(id: string): string {
  return `SENTEI_KEY_${id.toUpperCase().replaceAll("-", "_")}`;
}
