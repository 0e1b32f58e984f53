import "./models.css";
import { useQuery } from "@tanstack/react-query";
import { Icon } from "../panels/Icon.tsx";
import { t } from "../words/t.ts";
import { ConnectionCard } from "./ConnectionCard.tsx";
import { ConnectionForm } from "./ConnectionForm.tsx";
import { connectNew, useEditing } from "./connection-draft.ts";
import { connectionsQuery } from "./connections-query.ts";

/** The user's model servers: connect one, see what it can do, search with it. */
export function ModelsPage() {
  const connections = useQuery(connectionsQuery);
  const draft = useEditing((editing) => editing.draft);
  return (
    <main className="models">
      <header>
        <h2>{t("Models of your own")}</h2>
        <p>
          {t(
            "Connect any server that speaks like OpenAI's, or llama.cpp's own way: vLLM, SGLang, llama.cpp, Ollama, LM Studio, or a hosted API; or a GGUF file on this machine. The model then proposes the steps of a search, or, as a verifier, scores them. Keys stay on this server, sealed, and are sent to nobody else.",
          )}
        </p>
        {draft === null && (
          <button type="button" className="primary" onClick={connectNew}>
            {t("Connect a model")}
          </button>
        )}
      </header>
      {draft !== null && <ConnectionForm draft={draft} />}
      {connections.isPending && <p className="soft">{t("Loading connections …")}</p>}
      {connections.isError && (
        <p className="field-error" role="alert">
          {connections.error.message}{" "}
          <button type="button" className="link" onClick={() => void connections.refetch()}>
            {t("Try again")}
          </button>
        </p>
      )}
      {connections.data?.length === 0 && draft === null && (
        <p className="nothing soft">
          <Icon name="link" />{" "}
          {t("No model is connected. The models that come with Sentei are there without one.")}
        </p>
      )}
      <ul className="connections">
        {connections.data?.map((connection) => (
          <li key={connection.id}>
            <ConnectionCard connection={connection} />
          </li>
        ))}
      </ul>
    </main>
  );
}
