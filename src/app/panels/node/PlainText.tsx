import { useState } from "react";
import { formatCount } from "../../format.ts";
import { capText, revealControls } from "../../plain-text.ts";

/**
 * A text that somebody else wrote, as it is: never markup, isolated from the
 * direction of what surrounds it, with invisible characters spelled out. Only
 * the beginning of a very long one is in the page until it is asked for.
 */
export function PlainText({ text }: { text: string }) {
  const [whole, setWhole] = useState(false);
  const { shown, total, complete } = whole ? { ...capText(text, text.length) } : capText(text);
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
