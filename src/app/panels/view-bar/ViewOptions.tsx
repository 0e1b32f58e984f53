import { useView } from "../../state/view.ts";
import { t } from "../../words/t.ts";
import { ViewFields } from "../later.ts";
import { Popover } from "./Popover.tsx";

/** How the tree is drawn, as far as it is not asked for every minute. */
export function ViewOptions() {
  const isSet = useView(({ folding, labels, titles, raw }) => {
    const byHand = folding.folded.size + folding.unfolded.size;
    const isFoldingSet = folding.dead !== "auto" || folding.least > 0 || byHand > 0;
    return isFoldingSet || !labels || titles || raw;
  });
  return (
    <Popover icon="adjust" label={t("View")} isSet={isSet}>
      <ViewFields isSet={isSet} />
    </Popover>
  );
}
