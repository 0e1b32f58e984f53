import { say } from "../../lib/said.ts";
import { ProblemError } from "../family.ts";
import { event, type Form, question } from "./forms.ts";
import { nameOf, packed } from "./forms-of-things.ts";
import { forward, inverse, type Story } from "./story.ts";

const THEY = "they";
const YEARS = "years";

/** People compared with each other: what they have, and how old they are. */
export const FORMS_OF_PEOPLE: readonly Form[] = [
  event("{N} has {a} times as many {t} as {M}.", (story, { N, a, t, M }) => {
    const terms = [story.given(a, "", say("how many times")), story.close(nameOf(M), t)];
    story.begin(nameOf(N), t, story.product(terms.map(forward), has(N, t)));
  }),
  event("{N} has half as many {t} as {M}.", (story, { N, t, M }) => {
    const terms = [forward(story.close(nameOf(M), t)), inverse(story.given(2, "", say("half")))];
    story.begin(nameOf(N), t, story.product(terms, has(N, t)));
  }),
  event("{N} has {a} more {t} than {M}.", (story, { N, a, t, M }) => {
    const more = story.given(a, t, say("what {who} has more", { who: N }));
    const terms = [forward(story.close(nameOf(M), t)), forward(more)];
    story.begin(nameOf(N), t, story.sum(terms, has(N, t)));
  }),
  event("{N} has {a} fewer {t} than {M}.", (story, { N, a, t, M }) => {
    const fewer = story.given(a, t, say("what {who} has fewer", { who: N }));
    const terms = [forward(story.close(nameOf(M), t)), inverse(fewer)];
    story.begin(nameOf(N), t, story.sum(terms, has(N, t)));
  }),
  event("They pack all {t} in {k} of {a}.", (story, { t, k, a }) => {
    story.gain(THEY, k, packed(story, inAll(story, t), { a, t, k }, "fill"));
  }),
  event("They sell all {t} at {a} cents each.", (story, { t, a }) => {
    const price = story.given(a, "cents", say("the price of one"), t);
    const naming = { words: "get", what: say("the cents for the {things}", { things: t }) };
    story.gain(THEY, "cents", story.product([inAll(story, t), price].map(forward), naming));
  }),
  event("{W} is {a} years old.", (story, { W, a }) => {
    const who = story.who(W);
    story.begin(who, YEARS, story.given(a, YEARS, say("the age of {who}", { who })));
  }),
  event("{N} is {a} times as old as {M}.", (story, { N, a, M }) => {
    const terms = [story.given(a, "", say("how many times")), story.close(nameOf(M), YEARS)];
    story.begin(nameOf(N), YEARS, story.product(terms.map(forward), is(N)));
  }),
  event("{N} is half as old as {M}.", (story, { N, M }) => {
    const terms = [
      forward(story.close(nameOf(M), YEARS)),
      inverse(story.given(2, "", say("half"))),
    ];
    story.begin(nameOf(N), YEARS, story.product(terms, is(N)));
  }),
  event("{N} is {a} years older than {M}.", (story, { N, a, M }) => {
    const older = story.given(a, YEARS, say("the years between"));
    const terms = [forward(story.close(nameOf(M), YEARS)), forward(older)];
    story.begin(nameOf(N), YEARS, story.sum(terms, is(N)));
  }),
  event("{N} is {a} years younger than {M}.", (story, { N, a, M }) => {
    const younger = story.given(a, YEARS, say("the years between"));
    const terms = [forward(story.close(nameOf(M), YEARS)), inverse(younger)];
    story.begin(nameOf(N), YEARS, story.sum(terms, is(N)));
  }),
  question("How many {t} has {N}?", (story, { t, N }) => story.ask(story.close(nameOf(N), t))),
  question("How many {t} have they in all?", (story, { t }) => story.ask(inAll(story, t))),
  question("How many {k} have they?", (story, { k }) => story.ask(story.close(THEY, k))),
  question("How many cents do they get?", (story) => story.ask(story.close(THEY, "cents"))),
  question("How many more {t} has {N} than {M}?", (story, { t, N, M }) => {
    story.ask(difference(story, [N, M], t));
  }),
  question("How old is {N}?", (story, { N }) => story.ask(story.close(nameOf(N), YEARS))),
  question("How old is {N} in {a} years?", (story, { N, a }) => {
    const later = story.given(a, YEARS, say("the years to come"));
    const terms = [story.close(nameOf(N), YEARS), later];
    story.ask(story.sum(terms.map(forward), is(N)));
  }),
  question("How old are they in all?", (story) => story.ask(inAll(story, YEARS))),
  question("How much older is {N} than {M}?", (story, { N, M }) => {
    story.ask(difference(story, [N, M], YEARS));
  }),
];

function has(who: string, things: string) {
  return {
    words: `${who} has`,
    what: say("the {things} of {who}", { things, who }),
    title: say("find how many {things} {who} has", { things, who }),
  };
}

function is(who: string) {
  return {
    words: `${who} is`,
    what: say("the age of {who}", { who }),
    title: say("find how old {who} is", { who }),
  };
}

function inAll(story: Story, unit: string): number {
  const owners = story.ownersOf(unit);
  if (owners.length < 2)
    throw new ProblemError(say("it is not said of two that they have {things}", { things: unit }));
  const amounts = owners.map((owner) => forward(story.close(owner, unit)));
  return story.sum(amounts, { words: "in all", what: say("all the {things}", { things: unit }) });
}

function difference(story: Story, [more, less]: readonly [string, string], unit: string): number {
  const terms = [
    forward(story.close(nameOf(more), unit)),
    inverse(story.close(nameOf(less), unit)),
  ];
  const title = say("compare {more} with {less}", { more, less });
  return story.sum(terms, { words: "more", what: say("the difference"), title });
}
