import {
  symbol,
  symbolCircle,
  symbolCross,
  symbolDiamond,
  symbolSquare,
  symbolStar,
  symbolTriangle,
  symbolWye,
} from "d3";
import { armColor, armShape } from "./arm-looks.ts";

const SYMBOLS = {
  circle: symbolCircle,
  square: symbolSquare,
  diamond: symbolDiamond,
  triangle: symbolTriangle,
  star: symbolStar,
  wye: symbolWye,
  cross: symbolCross,
};

/** The mark of an arm, as its points have it in charts. */
export function ArmMark({ arm }: { arm: number }) {
  return (
    <svg className="arm-mark" viewBox="-6 -6 12 12" aria-hidden="true">
      <path d={symbol(SYMBOLS[armShape(arm)], 50)() ?? ""} fill={armColor(arm)} />
    </svg>
  );
}
