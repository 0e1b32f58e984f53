import { capText, revealControls } from "../plain-text.ts";

interface ShortTextProps {
  text: string;
  /** Characters that are shown at most; the whole text is readable elsewhere. */
  cap?: number;
  className?: string;
}

/** A text that somebody else wrote, on one line of ours: isolated, and unable to reorder what stands around it. */
export function ShortText({ text, cap = 200, className }: ShortTextProps) {
  const { shown, complete } = capText(text, cap);
  return (
    <bdi className={className} title={revealControls(capText(text).shown)}>
      {revealControls(shown)}
      {!complete && "…"}
    </bdi>
  );
}
