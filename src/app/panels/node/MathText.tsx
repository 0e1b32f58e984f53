import { useCallback } from "react";
import { fillMath, hasMath } from "../../math/fill-math.ts";
import { revealControls, TEXT_CAP } from "../../plain-text.ts";
import { useView } from "../../state/view.ts";
import { CappedText } from "./CappedText.tsx";

interface MathTextProps {
  text: string;
  cap?: number;
  /** Sets formulas that are far from the window as well, for paper. */
  eager?: boolean;
}

/**
 * A text that somebody else wrote: never markup, isolated from the direction of what
 * surrounds it, with invisible characters spelled out, and with its formulas set as
 * mathematics unless the reader wants to see what was written. Only the beginning of
 * a very long one is in the page until it is asked for.
 */
export function MathText({ text, cap = TEXT_CAP, eager = false }: MathTextProps) {
  const raw = useView((view) => view.raw);
  return (
    <CappedText text={text} cap={cap}>
      {(shown) =>
        raw || !hasMath(shown) ? (
          <bdi className="plain-text mono">{revealControls(shown)}</bdi>
        ) : (
          <Formulas key={shown} text={shown} eager={eager} />
        )
      }
    </CappedText>
  );
}

/** React owns the element, and `fillMath` what is in it. */
function Formulas({ text, eager }: { text: string; eager: boolean }) {
  const fill = useCallback(
    (element: HTMLElement) => fillMath(element, text, { eager }),
    [text, eager],
  );
  return <bdi className="math-text" ref={fill} />;
}
