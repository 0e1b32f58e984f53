import { setOrder } from "../../state/actions.ts";
import { useView } from "../../state/view.ts";
import { Segments } from "./Segments.tsx";

const ORDERS = [
  { value: "generated", words: "Generated", title: "Siblings as they were generated (1)" },
  { value: "score", words: "By score", title: "Siblings with the best score first (2)" },
  { value: "merged", words: "Merged", title: "Identical siblings as one (3)" },
] as const;

/** The order in which siblings stand. */
export function OrderChoice({ className = "" }: { className?: string }) {
  const order = useView((view) => view.order);
  return (
    <Segments
      label="Order of siblings"
      segments={ORDERS}
      value={order}
      onChoose={setOrder}
      className={className}
    />
  );
}
