import { msg } from "../../../lib/said.ts";
import { setOrder } from "../../state/actions.ts";
import { useView } from "../../state/view.ts";
import { t } from "../../words/t.ts";
import { inWords, Segments } from "./Segments.tsx";

const ORDERS = [
  {
    value: "generated",
    words: msg("Generated"),
    title: msg("Siblings as they were generated (1)"),
  },
  { value: "score", words: msg("By score"), title: msg("Siblings with the best score first (2)") },
  { value: "merged", words: msg("Merged"), title: msg("Identical siblings as one (3)") },
] as const;

/** The order in which siblings stand. */
export function OrderChoice({ className = "" }: { className?: string }) {
  const order = useView((view) => view.order);
  return (
    <Segments
      label={t("Order of siblings")}
      segments={inWords(ORDERS)}
      value={order}
      onChoose={setOrder}
      className={className}
    />
  );
}
