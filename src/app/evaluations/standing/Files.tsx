import { useQuery } from "@tanstack/react-query";
import { Icon } from "../../panels/Icon.tsx";
import { openEvaluations } from "../evaluations-query.ts";

/** The rows of an evaluation as files. */
export function Files({ id }: { id: string }) {
  const files = useQuery({
    queryKey: ["evaluations", "files", id],
    queryFn: async () => (await openEvaluations()).files(id),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (files.data === undefined) return null;
  return (
    <p className="files">
      <Icon name="save" />
      <a href={files.data.csv} download={`evaluation-${id}.csv`}>
        CSV
      </a>
      <a href={files.data.json} download={`evaluation-${id}.json`}>
        JSON
      </a>
    </p>
  );
}
