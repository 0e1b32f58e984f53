import "./problem-sets.css";
import { useQuery } from "@tanstack/react-query";
import { Suspense, useState } from "react";
import { backend } from "../../backend/backend.ts";
import { setsQuery } from "../../queries.ts";
import { t } from "../../words/t.ts";
import { SetFields } from "../later.ts";

/** Problems with known answers from files that people upload. */
export function ProblemSets() {
  return backend().sets === null ? null : <Sets />;
}

function Sets() {
  const sets = useQuery(setsQuery);
  const [wasOpened, setWasOpened] = useState(false);
  const count = sets.data?.length ?? 0;
  return (
    <details className="more problem-sets" onToggle={() => setWasOpened(true)}>
      <summary>
        <span>{t("Problem sets")}</span>
        <span className="hint soft">
          {count === 0 ? t("upload MATH-500, GSM8K, …") : t("{count} here", { count })}
        </span>
      </summary>
      <div className="fields">
        {sets.isError && (
          <p className="field-error" role="alert">
            {sets.error.message}
          </p>
        )}
        {wasOpened && (
          <Suspense>
            <SetFields sets={sets.data ?? []} />
          </Suspense>
        )}
      </div>
    </details>
  );
}
