import { expect, test } from "vitest";
import { type Contents, PictureKeeper, type Sight } from "./picture-keeper.ts";
import type { Picture, PictureFrame } from "./view-messages.ts";

const VIEWPORT = { width: 400, height: 300 };
const SIGHT: Sight = {
  scales: { x: 40, y: 150, across: 1, row: 0.5 },
  viewport: VIEWPORT,
  pixelRatio: 1,
  following: true,
};
const PLACED = { name: "placement" };
const CONTENTS: Contents = {
  placement: PLACED,
  looks: 1,
  columnX: new Float64Array(2),
  theme: "light",
};

/** As a worker answers that has found out how what it draws fits: not as the page thought. */
function drawn(frame: PictureFrame): Picture {
  const image = { ...VIEWPORT, close() {} } as ImageBitmap;
  return { frame: { ...frame, row: 0.25 * frame.row, y: frame.y + 7 }, image };
}

/** A keeper that was asked for a picture of a tree about to be placed, and got it. */
function keeperWithPicture(sight: Sight = SIGHT): PictureKeeper {
  const keeper = new PictureKeeper();
  const [request] = keeper.missing(sight, { ...CONTENTS, placement: null }, 0);
  keeper.take([drawn(request!.frame)], PLACED, 10);
  return keeper;
}

test("a picture that was fitted is asked for once, although the page does not yet know what it fits", () => {
  expect(keeperWithPicture().missing(SIGHT, CONTENTS, 20)).toEqual([]);
});

test("a picture of another state, of another view or of finer pixels is asked for", () => {
  const others: [Sight, Contents][] = [
    [SIGHT, { ...CONTENTS, placement: {} }],
    [SIGHT, { ...CONTENTS, looks: 2 }],
    [SIGHT, { ...CONTENTS, columnX: new Float64Array(2) }],
    [SIGHT, { ...CONTENTS, theme: "dark" }],
    [{ ...SIGHT, viewport: { width: 401, height: 300 } }, CONTENTS],
    [{ ...SIGHT, viewport: { width: 400, height: 301 } }, CONTENTS],
    [{ ...SIGHT, pixelRatio: 2 }, CONTENTS],
  ];
  for (const [sight, contents] of others) {
    expect(keeperWithPicture().missing(sight, contents, 20)).toHaveLength(1);
  }
});

test("a camera that is moved by hand is followed by a picture that reaches beyond the view", () => {
  const byHand = { ...SIGHT, following: false };
  const keeper = new PictureKeeper();
  const [crisp, base] = keeper.missing(byHand, CONTENTS, 0);
  keeper.take(
    [crisp!, base!].map(({ frame }) => ({ ...drawn(frame), frame })),
    PLACED,
    0,
  );
  const moved = (px: number) => ({
    ...byHand,
    scales: { ...SIGHT.scales, x: SIGHT.scales.x + px },
  });
  expect(keeper.missing(moved(30), CONTENTS, 200)).toEqual([]);
  expect(keeper.missing(moved(60), CONTENTS, 200)).toHaveLength(1);
});
