import { useState } from "react";
import { formatCount } from "../../format.ts";
import { capText, revealControls, TEXT_CAP } from "../../plain-text.ts";

/**
 * A text that somebody else wrote, as it is: never markup, isolated from the
 * direction of what surrounds it, with invisible characters spelled out. Only
 * the beginning of a very long one is in the page until it is asked for.
 */
export function PlainText({ text, cap = TEXT_CAP }: { text: string; cap?: number }) {
  const [whole, setWhole] = useState(false);
  const { shown, total, complete } = capText(text, whole ? text.length : cap);
  return (
    <>
      <bdi className="plain-text mono">{revealControls(shown)}</bdi>
      {!complete && (
        <>
          {" … "}
          <button type="button" className="link" onClick={() => setWhole(true)}>
            {`show all ${formatCount(total)} characters`}
          </button>
        </>
      )}
    </>
  );
}
