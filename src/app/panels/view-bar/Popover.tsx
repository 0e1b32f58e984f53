import { type ReactNode, Suspense, useId } from "react";
import { Icon } from "../Icon.tsx";

interface PopoverProps {
  icon: "filter" | "adjust" | "save";
  /** What the button is called, and the group that it opens. */
  label: string;
  /** Whether what is inside is not as it is by default. */
  isSet: boolean;
  children: ReactNode;
}

/** A button and what it opens below itself; on a narrow screen at the bottom of the page. */
export function Popover({ icon, label, isSet, children }: PopoverProps) {
  const id = useId();
  return (
    <>
      <button
        type="button"
        className="popover-button"
        popoverTarget={id}
        aria-label={label}
        title={label}
        data-set={isSet}
      >
        <Icon name={icon} /> <span className="roomy-only">{label}</span>
      </button>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a popover with a layout of its own */}
      <div
        id={id}
        className="popover"
        popover="auto"
        role="group"
        aria-label={label}
        onBeforeToggle={(event) => place(event.currentTarget, event.currentTarget.id)}
      >
        <Suspense>{children}</Suspense>
      </div>
    </>
  );
}

/** Puts a popover below its button, within the window. Narrow screens have their own place for it. */
function place(popover: HTMLElement, id: string): void {
  const button = document.querySelector(`[popovertarget="${CSS.escape(id)}"]`)!;
  const { bottom, right } = button.getBoundingClientRect();
  popover.style.setProperty("--below", `${bottom + 4}px`);
  popover.style.setProperty("--end", `${Math.max(window.innerWidth - right, 8)}px`);
}
