/** What a pattern can mean at one place of a text. */
type Op =
  | { readonly op: "set"; readonly has: (character: string) => boolean }
  | { readonly op: "split"; readonly first: number; readonly second: number }
  | { readonly op: "jump"; readonly by: number }
  | { readonly op: "save"; readonly slot: number }
  | { readonly op: "lineStart" }
  | { readonly op: "lineEnd" }
  | { readonly op: "match" };

/** A pattern that is not one; `at` is the offset of what is wrong. */
export class PatternError extends Error {
  override readonly name = "PatternError";
  readonly at: number;

  constructor(message: string, at: number) {
    super(`${message} at ${at}`);
    this.at = at;
  }
}

export interface PatternMatch {
  /** Offsets into the text, the end exclusive. */
  readonly start: number;
  readonly end: number;
  /** What the first group holds; `null` if there is none, or it took no part. */
  readonly group: string | null;
}

/** Offsets of a match, then those of the first group; −1 where not known. */
type Slots = readonly number[];

interface Thread {
  readonly pc: number;
  readonly slots: Slots;
}

/** Longest pattern, in characters; what it costs is this times the length of the text. */
export const LONGEST_PATTERN = 200;

/**
 * A pattern that a stranger may write: found in time linear in the text,
 * whatever it is, because all ways to match are followed at once, each place of
 * the pattern at most once a character (Pike's machine, after R. Cox, "Regular
 * Expression Matching: the Virtual Machine Approach", 2009). The first match,
 * with the preferences of JavaScript's expressions.
 *
 * The language: characters, `.`, `[a-z]`, `[^…]`, `\d \s \w \D \S \W \n \t`, a
 * backslash before any sign, `( )`, `(?: )`, `|`, `* + ?` and their lazy forms,
 * and `^` and `$` at the ends of a line. No counts, no looking around.
 */
export class Pattern {
  readonly #program: readonly Op[];

  /** Throws a `PatternError` that says what is wrong and where. */
  constructor(source: string) {
    if (source === "") throw new PatternError("a pattern cannot be empty", 0);
    if (source.length > LONGEST_PATTERN) {
      throw new PatternError(`a pattern has at most ${LONGEST_PATTERN} characters`, source.length);
    }
    const body = new Parser(source).parse();
    this.#program = [{ op: "save", slot: 0 }, ...body, { op: "save", slot: 1 }, { op: "match" }];
  }

  /** The first match that begins at `from` or after it. */
  find(text: string, from = 0): PatternMatch | null {
    let threads: readonly Thread[] = [];
    let found: Slots | null = null;
    for (let at = from; at <= text.length; at++) {
      const begin = found === null ? [{ pc: 0, slots: [-1, -1, -1, -1] }] : [];
      const ready = this.#settle([...threads, ...begin], text, at);
      const end = ready.findIndex(({ pc }) => this.#program[pc]!.op === "match");
      if (end >= 0) found = ready[end]!.slots;
      // What comes after a match is less preferred than it.
      threads = this.#advance(end < 0 ? ready : ready.slice(0, end), text[at]);
      if (threads.length === 0 && found !== null) break;
    }
    if (found === null) return null;
    const [start = 0, end = 0, groupStart = -1, groupEnd = -1] = found;
    const group = groupEnd < 0 ? null : text.slice(groupStart, groupEnd);
    return { start, end, group };
  }

  /** The threads that take this character, after it. */
  #advance(ready: readonly Thread[], character: string | undefined): Thread[] {
    if (character === undefined) return [];
    return ready.flatMap(({ pc, slots }) => {
      const op = this.#program[pc]!;
      return op.op === "set" && op.has(character) ? [{ pc: pc + 1, slots }] : [];
    });
  }

  /** Follows what takes no character, in the order of preference. */
  #settle(threads: readonly Thread[], text: string, at: number): Thread[] {
    const ready: Thread[] = [];
    const seen = new Set<number>();
    const stack = threads.toReversed();
    for (let thread = stack.pop(); thread; thread = stack.pop()) {
      const { pc, slots } = thread;
      if (seen.has(pc)) continue;
      seen.add(pc);
      const op = this.#program[pc]!;
      switch (op.op) {
        case "jump":
          stack.push({ pc: pc + op.by, slots });
          break;
        case "split":
          stack.push({ pc: pc + op.second, slots }, { pc: pc + op.first, slots });
          break;
        case "save":
          stack.push({ pc: pc + 1, slots: slots.with(op.slot, at) });
          break;
        case "lineStart":
          if (at === 0 || text[at - 1] === "\n") stack.push({ pc: pc + 1, slots });
          break;
        case "lineEnd":
          if (at === text.length || text[at] === "\n") stack.push({ pc: pc + 1, slots });
          break;
        default:
          ready.push(thread);
      }
    }
    return ready;
  }
}

type Test = (character: string) => boolean;

const CLASSES: Readonly<Record<string, Test>> = {
  d: (c) => c >= "0" && c <= "9",
  w: (c) => /^\w$/.test(c),
  s: (c) => /^\s$/.test(c),
};

const CONTROLS: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r" };

/** Deepest nesting of groups. */
const DEEPEST = 20;

/** Reads a pattern into a program, from left to right. */
class Parser {
  readonly #source: string;
  #at = 0;
  #hasGroup = false;
  #depth = 0;

  constructor(source: string) {
    this.#source = source;
  }

  parse(): Op[] {
    const ops = this.#alternatives();
    if (this.#at < this.#source.length) throw this.#wrong("there is no group that ends here");
    return ops;
  }

  #alternatives(): Op[] {
    const first = this.#sequence();
    if (!this.#takes("|")) return first;
    const rest = this.#alternatives();
    return [
      { op: "split", first: 1, second: first.length + 2 },
      ...first,
      { op: "jump", by: rest.length + 1 },
      ...rest,
    ];
  }

  #sequence(): Op[] {
    const ops: Op[] = [];
    while (this.#at < this.#source.length && !"|)".includes(this.#source[this.#at]!)) {
      ops.push(...this.#repeated());
    }
    return ops;
  }

  #repeated(): Op[] {
    const inner = this.#one();
    const sign = this.#source[this.#at] ?? "";
    if (sign === "" || !"*+?".includes(sign)) return inner;
    this.#at++;
    const isLazy = this.#takes("?");
    const either = (go: number, leave: number): Op =>
      isLazy
        ? { op: "split", first: leave, second: go }
        : { op: "split", first: go, second: leave };
    const { length } = inner;
    if (sign === "?") return [either(1, length + 1), ...inner];
    if (sign === "+") return [...inner, either(-length, 1)];
    return [either(1, length + 2), ...inner, { op: "jump", by: -length - 1 }];
  }

  #one(): Op[] {
    const character = this.#source[this.#at++]!;
    switch (character) {
      case "(":
        return this.#group();
      case "[":
        return [{ op: "set", has: this.#set() }];
      case "\\":
        return [{ op: "set", has: this.#escaped() }];
      case ".":
        return [{ op: "set", has: (c) => c !== "\n" }];
      case "^":
        return [{ op: "lineStart" }];
      case "$":
        return [{ op: "lineEnd" }];
    }
    if ("*+?{}".includes(character)) {
      this.#at--;
      throw this.#wrong(`"${character}" means something only after a backslash here`);
    }
    return [{ op: "set", has: (c) => c === character }];
  }

  #group(): Op[] {
    if (++this.#depth > DEEPEST) throw this.#wrong("groups are nested too deep");
    const isSilent = this.#takes("?:");
    if (!isSilent && this.#source[this.#at] === "?") throw this.#wrong("only (?: is known");
    const isFirst = !isSilent && !this.#hasGroup;
    if (isFirst) this.#hasGroup = true;
    const ops = this.#alternatives();
    if (!this.#takes(")")) throw this.#wrong("a group does not end");
    this.#depth--;
    return isFirst ? [{ op: "save", slot: 2 }, ...ops, { op: "save", slot: 3 }] : ops;
  }

  #set(): Test {
    const isNot = this.#takes("^");
    const tests: Test[] = [];
    while (!this.#takes("]")) {
      if (this.#at >= this.#source.length) throw this.#wrong("a set does not end");
      tests.push(this.#member());
    }
    const has: Test = (c) => tests.some((test) => test(c));
    return isNot ? (c) => !has(c) : has;
  }

  #member(): Test {
    const low = this.#source[this.#at++]!;
    if (low === "\\") return this.#escaped();
    const high = this.#source[this.#at + 1];
    if (this.#source[this.#at] !== "-" || high === undefined || "]\\".includes(high)) {
      return (c) => c === low;
    }
    if (high < low) throw this.#wrong(`"${low}-${high}" is the wrong way round`);
    this.#at += 2;
    return (c) => c >= low && c <= high;
  }

  #escaped(): Test {
    const letter = this.#source[this.#at++];
    if (letter === undefined) throw this.#wrong("nothing follows the backslash");
    const known = CLASSES[letter.toLowerCase()];
    if (known) return letter === letter.toLowerCase() ? known : (c) => !known(c);
    const meant = CONTROLS[letter] ?? letter;
    if (meant === letter && /[a-z0-9]/i.test(letter))
      throw this.#wrong(`"\\${letter}" is not known`);
    return (c) => c === meant;
  }

  #takes(text: string): boolean {
    if (!this.#source.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  #wrong(message: string): PatternError {
    return new PatternError(message, this.#at);
  }
}
