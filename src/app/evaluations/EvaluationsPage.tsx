import "./evaluations.css";
import { useEvaluated } from "../state/evaluated.ts";
import { OneEvaluation } from "./OneEvaluation.tsx";
import { Overview } from "./overview/Overview.tsx";

/** Experiments: which way of searching is best for which problem. */
export function EvaluationsPage() {
  const id = useEvaluated((view) => view.id);
  return (
    <main className="evaluations" ref={rememberScroll}>
      {id === null ? <Overview /> : <OneEvaluation key={id} id={id} />}
    </main>
  );
}

/** How far down somebody had read which evaluation, px, for when they come back from a tree. */
let left: { readonly id: string | null; readonly top: number } = { id: null, top: 0 };

function rememberScroll(main: HTMLElement): () => void {
  const note = () => {
    left = { id: useEvaluated.getState().id, top: main.scrollTop };
  };
  const comeBack = () => {
    if (left.id === useEvaluated.getState().id) main.scrollTop = left.top;
  };
  comeBack();
  main.addEventListener("scroll", note, { passive: true });
  return () => main.removeEventListener("scroll", note);
}
