import "./side.css";
import { Suspense } from "react";
import { t } from "../../words/t.ts";
import { BudgetPanel } from "../budget/BudgetPanel.tsx";
import { showSide, usePage } from "../page.ts";
import { SIDE } from "./side-tabs.ts";

/** The right side: one of several views of the run, and what it has cost. */
export function Side() {
  const shown = usePage((page) => page.side);
  const { Component } = SIDE.find(({ id }) => id === shown)!;
  return (
    <div className="side">
      <div
        className="side-tabs"
        role="tablist"
        aria-label={t("Views of the run")}
        onKeyDown={(event) => {
          const to = TARGETS[event.key]?.(SIDE.findIndex(({ id }) => id === shown));
          if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
          event.preventDefault();
          const { id } = SIDE.at(to % SIDE.length)!;
          showSide(id);
          document.getElementById(`side-${id}`)?.focus();
        }}
      >
        {SIDE.map(({ id, title }) => (
          <button
            key={id}
            type="button"
            role="tab"
            id={`side-${id}`}
            aria-selected={id === shown}
            aria-controls="side-panel"
            tabIndex={id === shown ? 0 : -1}
            onClick={() => showSide(id)}
          >
            {t(title)}
          </button>
        ))}
      </div>
      <div
        className="side-panel"
        id="side-panel"
        role="tabpanel"
        aria-labelledby={`side-${shown}`}
        data-side={shown}
      >
        <Suspense>
          <Component />
        </Suspense>
      </div>
      <BudgetPanel />
    </div>
  );
}

/** Which tab a key goes to from that of an index; −1 is the last. */
const TARGETS: Readonly<Record<string, (from: number) => number>> = {
  ArrowLeft: (from) => from - 1,
  ArrowRight: (from) => from + 1,
  Home: () => 0,
  End: () => -1,
};
