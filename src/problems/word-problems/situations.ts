/**
 * A kind of story: problems are made of one opening, some events, an ending
 * and perhaps an idle fact, a number that nobody needs. Sentences are those of
 * the forms, with roles in the places of what is drawn:
 *
 * - `{S}` the hero, `{P} {p} {O}` her pronouns; `{N}` somebody new, `{M}`
 *   somebody of whom we know, another one each time
 * - `{t} {T}` the thing of the story; `{x} {X}` a new thing and `{d} {D}` a new
 *   dish in every part; `{k} {j}` two containers; `{V}` a vehicle
 * - `{f}` a factor; `{e}` so many each; `{n}` an amount; `{w}` a whole; `{y}` an age
 */
export interface Situation {
  readonly openings: readonly string[];
  readonly events: readonly string[];
  readonly endings: readonly string[];
  readonly idle: readonly string[];
  /** Things that occur, if only some make sense. */
  readonly things?: readonly string[];
}

const COME_AND_GO: Situation = {
  openings: [
    "{S} has {n} {t}.",
    "{S} has {f} {k} of {e} {t}.",
    "{S} has {f} {k} of {f} {j} of {f} {t}.",
    "{S} gets {e} {t} an hour for {f} hours.",
  ],
  events: [
    "{P} buys {n} {t}.",
    "{P} buys {f} {k} of {e} {t}.",
    "{P} finds {n} {t}.",
    "{P} finds {f} {k} of {e} {t}.",
    "{P} loses {n} {t}.",
    "{P} gives {n} {t} to {N}.",
    "{P} gives {f} {t} to each of {f} friends.",
    "{N} gives {O} {n} {t}.",
    "{P} sells half of the {t}.",
  ],
  endings: [
    "How many {t} has {p} now?",
    "{P} shares the {t} among {f} friends. How many {t} does each get?",
    "{P} packs the {t} in {k} of {f}. How many {k} has {p} now?",
    "{P} packs the {t} in {k} of {f}. {P} sells the {k} at {e} cents each. How many cents has {p} now?",
    "{P} sells the {t} at {f} cents each. How many cents has {p} now?",
  ],
  idle: ["{P} has {n} {x}.", "{P} is {y} years old.", "A {X} costs {n} cents.", "{N} has {n} {x}."],
};

const COMPARED: Situation = {
  openings: ["{N} has {n} {t}.", "{N} has {f} {k} of {e} {t}."],
  events: [
    "{N} has {f} times as many {t} as {M}.",
    "{N} has half as many {t} as {M}.",
    "{N} has {n} more {t} than {M}.",
    "{N} has {n} fewer {t} than {M}.",
    "{N} has {f} {k} of {e} {t}.",
  ],
  endings: [
    "How many {t} has {L}?",
    "How many {t} have they in all?",
    "How many more {t} has {M} than {M}?",
    "They pack all {t} in {k} of {f}. How many {k} have they?",
    "They sell all {t} at {f} cents each. How many cents do they get?",
  ],
  idle: ["{M} has {n} {x}.", "{M} is {y} years old."],
};

const AGES: Situation = {
  openings: ["{N} is {y} years old."],
  events: [
    "{N} is {f} times as old as {M}.",
    "{N} is half as old as {M}.",
    "{N} is {y} years older than {M}.",
    "{N} is {y} years younger than {M}.",
  ],
  endings: [
    "How old is {L}?",
    "How old is {L} in {y} years?",
    "How old are they in all?",
    "How much older is {M} than {M}?",
  ],
  idle: ["{M} has {n} {x}."],
};

const SHOPPING: Situation = {
  openings: ["{S} has {w} cents."],
  events: [
    "A {X} costs {e} cents. {P} buys {f} {x}.",
    "A {X} costs {e} cents. {P} buys {f} {x}.",
    "{P} spends {n} cents.",
    "{P} earns {n} cents.",
  ],
  endings: ["How many cents has {p} now?", "How many cents does {p} pay?"],
  idle: ["A {X} costs {e} cents.", "{P} is {y} years old.", "{P} has {n} {x}."],
};

const SAVING: Situation = {
  openings: ["{S} has {n} cents.", "{S} saves {e} cents a week for {f} weeks."],
  events: [
    "{P} saves {e} cents a week for {f} weeks.",
    "{P} earns {e} cents an hour for {f} hours.",
    "{P} earns {n} cents.",
    "{P} spends {n} cents.",
  ],
  endings: [
    "How many cents has {p} now?",
    "A {T} costs {w} cents. How many cents are missing for a {T}?",
  ],
  idle: ["{P} is {y} years old.", "A {X} costs {n} cents.", "{P} has {n} {x}."],
};

const TRAVEL: Situation = {
  openings: ["A {V} goes {f} hours at {e} miles an hour.", "A {V} goes {n} miles."],
  events: ["It goes {f} hours at {e} miles an hour.", "It goes {n} miles."],
  endings: [
    "How many miles does it go?",
    "The way is {w} miles long. How many miles are left?",
    "The way is {w} miles long. How many hours does it need for the rest at {f} miles an hour?",
    "A litre lasts {f} miles. How many litres does it need?",
    "A litre lasts {f} miles. A litre costs {f} cents. How many cents does it burn?",
  ],
  idle: ["A litre lasts {f} miles.", "A litre costs {n} cents.", "The way is {w} miles long."],
};

const READING: Situation = {
  openings: ["A book has {w} pages."],
  events: ["{P} reads {n} pages.", "{P} reads {e} pages a day for {f} days."],
  endings: [
    "How many pages are left?",
    "How many days does {p} need for the rest at {f} pages a day?",
  ],
  idle: ["{P} is {y} years old.", "{P} has {n} {x}."],
};

const SEATS: Situation = {
  openings: ["A hall has {f} rows of {e} seats."],
  events: [
    "It gets {f} rows of {e} seats.",
    "Then {n} people sit down.",
    "Then {f} groups of {f} people sit down.",
  ],
  endings: [
    "How many seats are free?",
    "A seat costs {f} cents. How many cents do the free seats cost?",
  ],
  idle: ["A seat costs {n} cents.", "{N} has {n} {x}.", "{N} is {y} years old."],
};

const TREES: Situation = {
  openings: ["A garden has {f} rows of {e} trees."],
  events: ["It gets {f} rows of {e} trees.", "Then {n} trees fall."],
  endings: [
    "How many trees has it now?",
    "A tree bears {f} {t}. How many {t} do the trees bear?",
    "A tree bears {f} {t}. How many {k} of {f} {t} do the trees fill?",
  ],
  idle: ["{N} has {n} {t}.", "A {T} costs {n} cents."],
  things: ["nuts", "pears", "plums"],
};

const BAKING: Situation = {
  openings: ["A {D} needs {f} {t}. {S} bakes {e} {d}."],
  events: ["A {D} needs {f} {t}. {P} bakes {e} {d}.", "{P} has {n} {t}.", "{N} gives {O} {n} {t}."],
  endings: [
    "How many {t} does {p} need?",
    "How many {t} must {p} buy?",
    "How many {k} of {f} {t} must {p} buy?",
  ],
  idle: ["{P} is {y} years old.", "A {T} costs {n} cents.", "{P} has {n} {x}."],
  things: ["nuts", "pears", "plums"],
};

/** In a list twice what has the most to vary. */
export const SITUATIONS: readonly Situation[] = [
  ...[COME_AND_GO, COME_AND_GO, COMPARED, COMPARED],
  ...[AGES, SHOPPING, SAVING, TRAVEL, READING, SEATS, TREES, BAKING],
];
