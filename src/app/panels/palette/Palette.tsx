import "./palette.css";
import { type KeyboardEvent, useState } from "react";
import { flushSync } from "react-dom";
import { keyCap } from "../../keys.ts";
import { useRunsByText } from "../../queries.ts";
import { useView } from "../../state/view.ts";
import { t, tCount } from "../../words/t.ts";
import { closePalette, usePage } from "../page.ts";
import { type Entry, entriesFor } from "./entries.ts";

const LIST = "palette-list";
/** Lines that Page Up and Page Down go over. */
const PAGE = 8;

/** Everything that can be done, found by typing. */
export function Palette() {
  const isOpen = usePage((page) => page.paletteOpen);
  return isOpen ? <OpenPalette /> : null;
}

function OpenPalette() {
  const [query, setQuery] = useState("");
  const [active, setActive] = useState(0);
  const runs = useRunsByText(query.trim());
  const entries = entriesFor(query, useView.getState(), runs);
  const shown = Math.min(active, entries.length - 1);
  const goTo = (index: number) => {
    flushSync(() => setActive(index));
    document.getElementById(optionId(index))?.scrollIntoView({ block: "nearest" });
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a press beside it closes it, as Escape does
    <dialog
      className="palette"
      ref={showModal}
      aria-label={t("Commands")}
      onClose={closePalette}
      onClick={(event) => {
        if (event.target === event.currentTarget) closePalette();
      }}
    >
      <input
        type="text"
        role="combobox"
        aria-label={t("Command, node, event or run")}
        aria-expanded="true"
        aria-controls={LIST}
        aria-autocomplete="list"
        aria-activedescendant={entries.length > 0 ? optionId(shown) : undefined}
        placeholder={t("What to do, a node’s number, or the problem of a run")}
        spellCheck={false}
        autoComplete="off"
        value={query}
        onChange={(event) => {
          setQuery(event.currentTarget.value);
          setActive(0);
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (isPaletteKey(event)) closePalette();
          else if (event.key === "Enter") take(entries[shown]);
          else if (entries.length > 0 && event.key in MOVES) {
            goTo(MOVES[event.key]!(shown, entries.length));
          } else return;
          event.preventDefault();
        }}
      />
      <div className="palette-list" id={LIST} role="listbox" aria-label={t("Commands")}>
        {entries.map((entry, i) => (
          <Option
            key={entry.key}
            entry={entry}
            index={i}
            isActive={i === shown}
            onPoint={setActive}
          />
        ))}
      </div>
      {entries.length === 0 && <p className="soft palette-none">{t("Nothing is called that.")}</p>}
      <p className="unseen" role="status">
        {tCount(entries.length, "{count} entry", "{count} entries")}
      </p>
    </dialog>
  );
}

interface OptionProps {
  entry: Entry;
  index: number;
  isActive: boolean;
  onPoint: (index: number) => void;
}

function Option({ entry, index, isActive, onPoint }: OptionProps) {
  const { group, title, quote, keys } = entry;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the field has the focus and names the active option
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field takes the keys
    <div
      id={optionId(index)}
      className="palette-option"
      role="option"
      aria-selected={isActive}
      onPointerMove={() => {
        if (!isActive) onPoint(index);
      }}
      onClick={() => take(entry)}
    >
      <span className="soft">{group}</span>
      <span className="palette-title">
        {title} {quote !== undefined && <bdi className="mono">{quote}</bdi>}
      </span>
      <span className="palette-keys">
        {keys.slice(0, 2).map((key) => (
          <kbd key={key}>{keyCap(key)}</kbd>
        ))}
      </span>
    </div>
  );
}

/** The focus is back where it was before anything else happens to it. */
function take(entry: Entry | undefined): void {
  if (entry === undefined) return;
  flushSync(closePalette);
  entry.run();
}

/** Which line a key goes to, of so many. */
const MOVES: Readonly<Record<string, (from: number, count: number) => number>> = {
  ArrowDown: (from, count) => (from + 1) % count,
  ArrowUp: (from, count) => (from + count - 1) % count,
  PageDown: (from, count) => Math.min(from + PAGE, count - 1),
  PageUp: (from) => Math.max(from - PAGE, 0),
};

function isPaletteKey({ key, ctrlKey, metaKey, shiftKey }: KeyboardEvent): boolean {
  return (ctrlKey || metaKey) && key.toLowerCase() === (shiftKey ? "p" : "k");
}

function optionId(index: number): string {
  return `palette-${index}`;
}

function showModal(dialog: HTMLDialogElement) {
  dialog.showModal();
  return () => dialog.close();
}
