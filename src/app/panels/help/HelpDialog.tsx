import "./help.css";
import { KEY_MAP, keyCap } from "../../keys.ts";
import { Icon } from "../Icon.tsx";
import { closeHelp, setSingleKeys, usePage } from "../page.ts";

/** Every key there is, and the switch for those that are single characters. */
export function HelpDialog() {
  const isOpen = usePage((page) => page.helpOpen);
  const singleKeys = usePage((page) => page.singleKeys);
  if (!isOpen) return null;
  return (
    <dialog className="help" ref={showModal} aria-labelledby="help-title" onClose={closeHelp}>
      <header>
        <h2 id="help-title">Keys</h2>
        <button type="button" className="icon" aria-label="Close" onClick={closeHelp}>
          <Icon name="cross" />
        </button>
      </header>
      <div className="key-groups">
        {KEY_MAP.map(({ title, bindings }) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {bindings.map(({ action, keys, does }) => (
                <div key={action}>
                  <dt>
                    {keys.map((key) => (
                      <kbd key={key}>{keyCap(key)}</kbd>
                    ))}
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <label className="check">
        <input
          type="checkbox"
          checked={singleKeys}
          onChange={(event) => setSingleKeys(event.currentTarget.checked)}
        />
        Keys that are one character do something. They never do while you type in a field.
      </label>
      <p className="soft">
        With the mouse: drag to move the tree, turn the wheel to zoom, press a node to select it,
        drag along the timeline to go back in time.
      </p>
      <p className="soft">
        The tree is one stop of the Tab key. There, a screen reader reads each node as you move, and
        a summary of every round.
      </p>
    </dialog>
  );
}

function showModal(dialog: HTMLDialogElement) {
  dialog.showModal();
  return () => dialog.close();
}
