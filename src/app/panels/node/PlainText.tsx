import { revealControls, TEXT_CAP } from "../../plain-text.ts";
import { CappedText } from "./CappedText.tsx";

/**
 * A text that somebody else wrote, as it is: never markup, isolated from the
 * direction of what surrounds it, with invisible characters spelled out. Only
 * the beginning of a very long one is in the page until it is asked for.
 */
export function PlainText({ text, cap = TEXT_CAP }: { text: string; cap?: number }) {
  return (
    <CappedText text={text} cap={cap}>
      {(shown) => <bdi className="plain-text mono">{revealControls(shown)}</bdi>}
    </CappedText>
  );
}
