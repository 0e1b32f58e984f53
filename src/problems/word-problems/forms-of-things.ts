import { say } from "../../lib/said.ts";
import { ProblemError } from "../family.ts";
import { event, type Form, fact, question } from "./forms.ts";
import { isName, pluralOf } from "./lexicon.ts";
import { forward, inverse, type Story } from "./story.ts";

/** Whoever gets a share has a ledger of this owner. */
const EACH = "each";
/** Cents paid, whatever for. */
const PAID = "paid";

/** Things that come and go, are packed, shared, bought and sold. */
export const FORMS_OF_THINGS: readonly Form[] = [
  event("{W} has {a} {t}.", (story, { W, a, t }) => {
    const who = story.who(W);
    story.gain(who, t, story.given(a, t, say("the {things} of {who}", { things: t, who })));
  }),
  event("{W} has {a} {k} of {b} {t}.", (story, { W, a, k, b, t }) => {
    const naming = {
      words: "has",
      what: say("the {things} in the {containers}", { things: t, containers: k }),
    };
    story.gain(story.who(W), t, story.times([a, k], [b, t], naming));
  }),
  event("{W} has {a} {k} of {b} {j} of {c} {t}.", (story, { W, a, k, b, j, c, t }) => {
    const factors = [
      story.given(a, k, say("the {things}", { things: k })),
      story.given(b, j, say("the {things} of each", { things: j }), k),
      story.given(c, t, say("the {things} of each", { things: t }), j),
    ];
    const naming = {
      words: "has",
      what: say("the {things} in the {containers}", { things: t, containers: k }),
    };
    story.gain(story.who(W), t, story.product(factors.map(forward), naming));
  }),
  event("{W} buys {a} {t}.", (story, { W, a, t }) => {
    const count = story.given(a, t, say("the {things} bought", { things: t }));
    story.gain(story.who(W), t, count);
    pay(story, story.who(W), t, count);
  }),
  event("{W} buys {a} {k} of {b} {t}.", (story, { W, a, k, b, t }) => {
    const count = story.given(a, k, say("the {things}", { things: k }));
    const each = story.given(b, t, say("the {things} of each", { things: t }), k);
    const naming = { words: "buys", what: say("the {things} bought", { things: t }) };
    story.gain(story.who(W), t, story.product([forward(count), forward(each)], naming));
    pay(story, story.who(W), k, count);
  }),
  event("{W} finds {a} {t}.", (story, { W, a, t }) => {
    story.gain(story.who(W), t, story.given(a, t, say("the {things} found", { things: t })));
  }),
  event("{W} finds {a} {k} of {b} {t}.", (story, { W, a, k, b, t }) => {
    const naming = { words: "finds", what: say("the {things} found", { things: t }) };
    story.gain(story.who(W), t, story.times([a, k], [b, t], naming));
  }),
  event("{W} gets {a} {t} an hour for {b} hours.", (story, { W, a, t, b }) => {
    const naming = {
      words: "gets",
      what: say("the {things} of the {count} hours", { things: t, count: String(b) }),
    };
    story.gain(story.who(W), t, story.times([b, "hours"], [a, t], naming));
  }),
  event("{W} loses {a} {t}.", (story, { W, a, t }) => {
    story.lose(story.who(W), t, story.given(a, t, say("the {things} lost", { things: t })));
  }),
  event("{W} gives {a} {t} to {N}.", (story, { W, a, t, N }) => {
    const given = story.given(a, t, say("the {things} for {who}", { things: t, who: nameOf(N) }));
    story.lose(story.who(W), t, given);
    if (story.has(N, t)) story.gain(N, t, given);
  }),
  event("{W} gives {a} {t} to each of {b} friends.", (story, { W, a, t, b }) => {
    const naming = { words: "gives", what: say("the {things} given away", { things: t }) };
    story.lose(story.who(W), t, story.times([b, "friends"], [a, t], naming));
  }),
  event("{N} gives {O} {a} {t}.", (story, { N, O, a, t }) => {
    const given = story.given(a, t, say("the {things} from {who}", { things: t, who: nameOf(N) }));
    story.gain(story.who(O), t, given);
    if (story.has(N, t)) story.lose(N, t, given);
  }),
  event("{W} sells half of the {t}.", (story, { W, t }) => {
    const who = story.who(W);
    const terms = [forward(story.empty(who, t)), inverse(story.given(2, "", say("half")))];
    const naming = {
      words: "keeps",
      what: say("half of the {things}", { things: t }),
      title: say("halve the {things}", { things: t }),
    };
    story.gain(who, t, story.product(terms, naming));
  }),
  event("{W} shares the {t} among {a} friends.", (story, { W, t, a }) => {
    const friends = story.given(a, "friends", say("the friends"));
    const terms = [forward(story.empty(story.who(W), t)), inverse(friends)];
    const naming = {
      words: "each gets",
      what: say("the share of each"),
      title: say("share the {things}", { things: t }),
    };
    story.gain(EACH, t, story.product(terms, naming));
  }),
  event("{W} packs the {t} in {k} of {a}.", (story, { W, t, k, a }) => {
    const who = story.who(W);
    story.gain(who, k, packed(story, story.empty(who, t), { a, t, k }, "fills"));
  }),
  event("{W} sells the {t} at {a} cents each.", (story, { W, t, a }) => {
    sell(story, story.who(W), t, a);
  }),
  event("{W} sells the {k} at {a} cents each.", (story, { W, k, a }) => {
    sell(story, story.who(W), k, a);
  }),
  fact("A {T} costs {a} cents.", (story, { T, a }) => setPrice(story, pluralOf(T), a)),
  fact("A {K} costs {a} cents.", (story, { K, a }) => setPrice(story, pluralOf(K), a)),
  event("{W} has {a} cents.", (story, { W, a }) => {
    const who = story.who(W);
    story.gain(who, "cents", story.given(a, "cents", say("the cents of {who}", { who })));
  }),
  event("{W} earns {a} cents.", (story, { W, a }) => {
    story.gain(story.who(W), "cents", story.given(a, "cents", say("the cents earned")));
  }),
  event("{W} earns {a} cents an hour for {b} hours.", (story, { W, a, b }) => {
    const naming = { words: "earns", what: say("the cents earned") };
    story.gain(story.who(W), "cents", story.times([b, "hours"], [a, "cents"], naming));
  }),
  event("{W} saves {a} cents a week for {b} weeks.", (story, { W, a, b }) => {
    const naming = { words: "saves", what: say("the cents saved") };
    story.gain(story.who(W), "cents", story.times([b, "weeks"], [a, "cents"], naming));
  }),
  event("{W} spends {a} cents.", (story, { W, a }) => {
    story.lose(story.who(W), "cents", story.given(a, "cents", say("the cents spent")));
  }),
  question("How many {t} has {W} now?", (story, { t, W }) => {
    story.ask(story.close(story.who(W), t));
  }),
  question("How many {k} has {W} now?", (story, { k, W }) => {
    story.ask(story.close(story.who(W), k));
  }),
  question("How many cents has {W} now?", (story, { W }) => {
    story.ask(story.close(story.who(W), "cents"));
  }),
  question("How many {t} does each get?", (story, { t }) => story.ask(story.close(EACH, t))),
  question("How many cents does {W} pay?", (story, { W }) => {
    story.who(W);
    story.ask(story.close(PAID, "cents"));
  }),
  question("How many cents are missing for a {T}?", (story, { T }) => {
    const [who] = story.ownersOf("cents");
    const has = story.close(who ?? "", "cents");
    const naming = { words: "missing", what: say("the cents missing") };
    story.ask(story.sum([forward(story.fact(`a ${pluralOf(T)}`)), inverse(has)], naming));
  }),
];

/** How many containers are filled, as a quantity. */
export function packed(
  story: Story,
  things: number,
  { a, t, k }: { a: number; t: string; k: string },
  words: string,
): number {
  const each = story.given(a, t, say("the {things} of each", { things: t }), k);
  const naming = {
    words,
    what: say("the {things}", { things: k }),
    title: say("count the {things} to be filled", { things: k }),
  };
  return story.product([forward(things), inverse(each)], naming);
}

/** A name, for a place where a pronoun would not tell who is meant. */
export function nameOf(word: string): string {
  if (!isName(word)) throw new ProblemError(say('a name is needed instead of "{word}"', { word }));
  return word;
}

function setPrice(story: Story, goods: string, cents: number): void {
  story.state(`a ${goods}`, story.given(cents, "cents", say("the price of one"), goods));
}

function pay(story: Story, who: string, goods: string, count: number): void {
  if (!story.facts.has(`a ${goods}`)) return;
  const naming = { words: "pays", what: say("the cents for the {things}", { things: goods }) };
  const cost = story.product([forward(count), forward(story.fact(`a ${goods}`))], naming);
  if (story.has(who, "cents")) story.lose(who, "cents", cost);
  story.gain(PAID, "cents", cost, "in all");
}

function sell(story: Story, who: string, goods: string, cents: number): void {
  const price = story.given(cents, "cents", say("the price of one"), goods);
  const naming = { words: "gets", what: say("the cents for the {things}", { things: goods }) };
  const sold = story.empty(who, goods);
  story.gain(who, "cents", story.product([forward(sold), forward(price)], naming));
}
