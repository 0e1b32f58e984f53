import { type ReactNode, useState } from "react";
import { capText } from "../../plain-text.ts";
import { t } from "../../words/t.ts";

interface CappedTextProps {
  text: string;
  /** Characters that are shown at first. */
  cap: number;
  children: (shown: string) => ReactNode;
}

/** The beginning of a text, and all of a very long one once it is asked for. */
export function CappedText({ text, cap, children }: CappedTextProps) {
  const [whole, setWhole] = useState(false);
  const { shown, total, complete } = capText(text, whole ? text.length : cap);
  return (
    <>
      {children(shown)}
      {!complete && (
        <>
          {" … "}
          <button type="button" className="link" onClick={() => setWhole(true)}>
            {t("show all {count} characters", { count: total })}
          </button>
        </>
      )}
    </>
  );
}
