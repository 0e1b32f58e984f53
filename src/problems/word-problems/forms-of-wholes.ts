import { say } from "../../lib/said.ts";
import { event, type Form, fact, question } from "./forms.ts";
import { packed } from "./forms-of-things.ts";
import { pluralOf } from "./lexicon.ts";
import { forward, inverse, type Story } from "./story.ts";

const HALL = "hall";
const GARDEN = "garden";

/** Ways that are gone, books that are read, rows that fill, and what is baked. */
export const FORMS_OF_WHOLES: readonly Form[] = [
  event("A {V} goes {a} miles.", (story, { V, a }) => {
    go(
      story,
      story.introduce(V),
      story.given(a, "miles", say("the way of {count} miles", { count: String(a) })),
    );
  }),
  event("A {V} goes {a} hours at {b} miles an hour.", (story, { V, a, b }) => {
    go(story, story.introduce(V), milesIn(story, a, b));
  }),
  event("{W} goes {a} miles.", (story, { W, a }) => {
    go(
      story,
      story.who(W),
      story.given(a, "miles", say("the way of {count} miles", { count: String(a) })),
    );
  }),
  event("{W} goes {a} hours at {b} miles an hour.", (story, { W, a, b }) => {
    go(story, story.who(W), milesIn(story, a, b));
  }),
  fact("The way is {a} miles long.", (story, { a }) => {
    story.state("the way", story.given(a, "miles", say("the whole way")));
  }),
  fact("A litre lasts {a} miles.", (story, { a }) => {
    story.state("a litre", story.given(a, "miles", say("the miles a litre"), "litres"));
  }),
  fact("A litre costs {a} cents.", (story, { a }) => {
    story.state("a litre's price", story.given(a, "cents", say("the price of a litre"), "litres"));
  }),
  question("How many miles does {W} go?", (story, { W }) => {
    story.ask(story.close(story.who(W), "miles"));
  }),
  question("How many miles are left?", (story) => story.ask(left(story, "the way", "miles"))),
  question("How many hours does {W} need for the rest at {a} miles an hour?", (story, { W, a }) => {
    story.who(W);
    story.ask(timeFor(story, left(story, "the way", "miles"), [a, "miles", "hours"]));
  }),
  question("How many litres does {W} need?", (story, { W }) => {
    story.ask(litres(story, story.who(W)));
  }),
  question("How many cents does {W} burn?", (story, { W }) => {
    const terms = [litres(story, story.who(W)), story.fact("a litre's price")];
    story.ask(story.product(terms.map(forward), { words: "burns", what: say("the cents burnt") }));
  }),
  fact("A book has {a} pages.", (story, { a }) => {
    story.state("the book", story.given(a, "pages", say("the pages of the book")));
  }),
  event("{W} reads {a} pages.", (story, { W, a }) => {
    story.gain(
      story.who(W),
      "pages",
      story.given(a, "pages", say("the {count} pages read", { count: String(a) })),
      "in all",
    );
  }),
  event("{W} reads {a} pages a day for {b} days.", (story, { W, a, b }) => {
    const naming = {
      words: "reads",
      what: say("the pages read in {count} days", { count: String(b) }),
    };
    story.gain(story.who(W), "pages", story.times([b, "days"], [a, "pages"], naming), "in all");
  }),
  question("How many pages are left?", (story) => story.ask(left(story, "the book", "pages"))),
  question("How many days does {W} need for the rest at {a} pages a day?", (story, { W, a }) => {
    story.who(W);
    story.ask(timeFor(story, left(story, "the book", "pages"), [a, "pages", "days"]));
  }),
  event("A hall has {a} rows of {b} seats.", (story, { a, b }) => {
    story.introduce(HALL);
    const naming = { words: "has", what: say("the seats at first") };
    story.gain(HALL, "seats", story.times([a, "rows"], [b, "seats"], naming), "free");
  }),
  event("{W} gets {a} rows of {b} seats.", (story, { W, a, b }) => {
    const naming = { words: "gets", what: say("the new seats") };
    story.gain(story.who(W), "seats", story.times([a, "rows"], [b, "seats"], naming), "free");
  }),
  event("Then {a} people sit down.", (story, { a }) => {
    story.lose(
      HALL,
      "seats",
      story.given(a, "seats", say("the {count} seats taken", { count: String(a) })),
      "free",
    );
  }),
  event("Then {a} groups of {b} people sit down.", (story, { a, b }) => {
    const naming = { words: "taken", what: say("the seats of the groups") };
    story.lose(HALL, "seats", story.times([a, "groups"], [b, "seats"], naming), "free");
  }),
  fact("A seat costs {a} cents.", (story, { a }) => {
    story.state("a seat", story.given(a, "cents", say("the price of one"), "seats"));
  }),
  question("How many seats are free?", (story) => story.ask(story.close(HALL, "seats"))),
  question("How many cents do the free seats cost?", (story) => {
    const terms = [story.close(HALL, "seats"), story.fact("a seat")];
    story.ask(
      story.product(terms.map(forward), { words: "cost", what: say("the cents for the seats") }),
    );
  }),
  event("A garden has {a} rows of {b} trees.", (story, { a, b }) => {
    story.introduce(GARDEN);
    const naming = { words: "has", what: say("the trees at first") };
    story.gain(GARDEN, "trees", story.times([a, "rows"], [b, "trees"], naming));
  }),
  event("{W} gets {a} rows of {b} trees.", (story, { W, a, b }) => {
    const naming = { words: "gets", what: say("the new trees") };
    story.gain(story.who(W), "trees", story.times([a, "rows"], [b, "trees"], naming));
  }),
  event("Then {a} trees fall.", (story, { a }) => {
    story.lose(
      GARDEN,
      "trees",
      story.given(a, "trees", say("the {count} trees that fall", { count: String(a) })),
    );
  }),
  fact("A tree bears {a} {t}.", (story, { a, t }) => {
    story.state(
      `a tree's ${t}`,
      story.given(a, t, say("the {things} of one tree", { things: t }), "trees"),
    );
  }),
  question("How many trees has {W} now?", (story, { W }) => {
    story.ask(story.close(story.who(W), "trees"));
  }),
  question("How many {t} do the trees bear?", (story, { t }) => story.ask(borne(story, t))),
  question("How many {k} of {a} {t} do the trees fill?", (story, { k, a, t }) => {
    story.ask(packed(story, borne(story, t), { a, t, k }, "fill"));
  }),
  fact("A {D} needs {a} {t}.", (story, { D, a, t }) => {
    const dishes = pluralOf(D);
    story.state(
      `${dishes} ${t}`,
      story.given(a, t, say("the {things} for one", { things: t }), dishes),
    );
  }),
  event("{W} bakes {a} {d}.", (story, { W, a, d }) => {
    story.gain(story.who(W), d, story.given(a, d, say("the {things}", { things: d })));
  }),
  question("How many {t} does {W} need?", (story, { t, W }) => {
    story.ask(needed(story, story.who(W), t));
  }),
  question("How many {t} must {W} buy?", (story, { t, W }) => {
    story.ask(missing(story, story.who(W), t));
  }),
  question("How many {k} of {a} {t} must {W} buy?", (story, { k, a, t, W }) => {
    story.ask(packed(story, missing(story, story.who(W), t), { a, t, k }, "buys"));
  }),
];

function go(story: Story, who: string, miles: number): void {
  story.gain(who, "miles", miles, "in all");
}

function milesIn(story: Story, hours: number, speed: number): number {
  const naming = {
    words: "goes",
    what: say("the miles gone in {count} hours", { count: String(hours) }),
  };
  return story.times([hours, "hours"], [speed, "miles"], naming);
}

/** What is left of a whole when what was gone or read is taken away. */
function left(story: Story, whole: string, unit: string): number {
  const [who] = story.ownersOf(unit);
  const terms = [forward(story.fact(whole)), inverse(story.close(who ?? "", unit))];
  return story.sum(terms, { words: "left", what: say("the {things} left", { things: unit }) });
}

/** How long `amount` takes at so much an hour, or a day. */
function timeFor(
  story: Story,
  amount: number,
  [speed, unit, time]: readonly [number, string, string],
): number {
  const terms = [forward(amount), inverse(story.given(speed, unit, say("the speed"), time))];
  const naming = {
    words: "needs",
    what: say("the {things} needed", { things: time }),
    title: say("count the {things} needed", { things: time }),
  };
  return story.product(terms, naming);
}

function litres(story: Story, who: string): number {
  const terms = [forward(story.close(who, "miles")), inverse(story.fact("a litre"))];
  return story.product(terms, { words: "needs", what: say("the litres needed") });
}

function borne(story: Story, things: string): number {
  const terms = [story.close(GARDEN, "trees"), story.fact(`a tree's ${things}`)];
  return story.product(terms.map(forward), {
    words: "bear",
    what: say("the {things} of the trees", { things }),
  });
}

/** What is needed for everything that somebody bakes. */
function needed(story: Story, who: string, things: string): number {
  const terms = story
    .unitsOf(who)
    .filter((dishes) => story.facts.has(`${dishes} ${things}`))
    .map((dishes) => {
      const factors = [story.close(who, dishes), story.fact(`${dishes} ${things}`)];
      const naming = {
        words: dishes,
        what: say("the {things} for the {dishes}", { things, dishes }),
      };
      return forward(story.product(factors.map(forward), naming));
    });
  if (terms.length === 0) story.fact(`${things} in a recipe`);
  return story.sum(terms, { words: "needs", what: say("the {things} needed", { things }) });
}

function missing(story: Story, who: string, things: string): number {
  const terms = [forward(needed(story, who, things)), inverse(story.close(who, things))];
  return story.sum(terms, { words: "buys", what: say("the {things} to buy", { things }) });
}
