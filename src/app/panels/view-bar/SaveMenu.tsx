import { COMMANDS, type CommandId } from "../../commands.ts";
import { runCommand } from "../../run-command.ts";
import { t } from "../../words/t.ts";
import { Popover } from "./Popover.tsx";

const SAVES: readonly CommandId[] = [
  ...(["saveViewPng", "saveViewSvg", "saveTreePng"] as const),
  ...(["saveTreeSvg", "saveVideo", "saveFile", "saveNodes", "saveLog"] as const),
];

/** What of the run can be taken along as a file. */
export function SaveMenu() {
  return (
    <Popover icon="save" label={t("Save")} isSet={false}>
      <div className="save-menu">
        {SAVES.map((id) => (
          <button key={id} type="button" onClick={() => runCommand(id)}>
            {t(COMMANDS.find((command) => command.id === id)!.title)}
          </button>
        ))}
      </div>
    </Popover>
  );
}
