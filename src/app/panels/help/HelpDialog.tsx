import "./help.css";
import { COMMAND_GROUPS } from "../../commands.ts";
import { keyCap } from "../../keys.ts";
import { t } from "../../words/t.ts";
import { Icon } from "../Icon.tsx";
import { closeHelp, setSingleKeys, usePage } from "../page.ts";

/** Commands that have a key, by group. */
const WITH_KEYS = COMMAND_GROUPS.map(({ title, commands }) => ({
  title,
  commands: commands.filter(({ keys }) => keys.length > 0),
})).filter(({ commands }) => commands.length > 0);

/** Every key there is, and the switch for those that are single characters. */
export function HelpDialog() {
  const isOpen = usePage((page) => page.helpOpen);
  const singleKeys = usePage((page) => page.singleKeys);
  if (!isOpen) return null;
  return (
    <dialog className="help" ref={showModal} aria-labelledby="help-title" onClose={closeHelp}>
      <header>
        <h2 id="help-title">{t("Keys")}</h2>
        <button type="button" className="icon" aria-label={t("Close")} onClick={closeHelp}>
          <Icon name="cross" />
        </button>
      </header>
      <div className="key-groups">
        {WITH_KEYS.map(({ title, commands }) => (
          <section key={title}>
            <h3>{t(title)}</h3>
            <dl>
              {commands.map(({ id, keys, title: does }) => (
                <div key={id}>
                  <dt>
                    {keys.map((key) => (
                      <kbd key={key}>{keyCap(key)}</kbd>
                    ))}
                  </dt>
                  <dd>{t(does)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <footer>
        <label className="check">
          <input
            type="checkbox"
            checked={singleKeys}
            onChange={(event) => setSingleKeys(event.currentTarget.checked)}
          />
          {t("Keys that are one character do something. They never do while you type in a field.")}
        </label>
        <p className="soft">
          {t(
            "W A S D count by their place on the keyboard, whatever is printed there. With the mouse: drag to move the tree, turn the wheel to zoom, press a node to select it, drag along the timeline to go back in time. The tree is one stop of the Tab key, where a screen reader reads each node as you move, and a summary of every round.",
          )}
        </p>
      </footer>
    </dialog>
  );
}

function showModal(dialog: HTMLDialogElement) {
  dialog.showModal();
  return () => dialog.close();
}
