import { create } from "zustand";
import { setOrder } from "../../state/actions.ts";
import { useView } from "../../state/view.ts";
import { t } from "../../words/t.ts";
import { Icon } from "../Icon.tsx";
import { useMoment } from "../moment.ts";
import { firstRepeats } from "./repeats.ts";

const KEY = "sentei.repeats-hint";

/** Whether this browser has not been told yet. */
const useHint = create<{ readonly isNew: boolean }>()(() => ({
  isNew: localStorage.getItem(KEY) !== "told",
}));

function setTold(): void {
  localStorage.setItem(KEY, "told");
  useHint.setState({ isNew: false });
}

/** Says, until somebody has read it, that identical first steps can be shown as one. */
export function RepeatsHint() {
  const isNew = useHint((hint) => hint.isNew);
  const order = useView((view) => view.order);
  if (!isNew || order === "merged") return null;
  return <Hint />;
}

function Hint() {
  const words = useMoment(({ tree, at }) => {
    const found = firstRepeats(tree, at);
    if (found === null) return null;
    return t(
      tree.unit === "token"
        ? "{repeats} of {count} first tokens are repeats."
        : "{repeats} of {count} first steps are repeats.",
      { repeats: found.repeats, count: found.steps },
    );
  });
  if (words === null) return null;
  return (
    <div className="page-notice repeats-hint">
      <p>
        <span>{words}</span>
        <button
          type="button"
          title={t("Identical siblings as one (3)")}
          onClick={() => {
            setOrder("merged");
            setTold();
          }}
        >
          {t("Merge them")} <kbd>3</kbd>
        </button>
        <button
          type="button"
          className="icon"
          aria-label={t("Do not say this again")}
          onClick={setTold}
        >
          <Icon name="cross" />
        </button>
      </p>
    </div>
  );
}
