/** Experiments. */
export function EvaluationsPage() {
  return <main className="evaluations" />;
}
