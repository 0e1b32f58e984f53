import { create } from "zustand";
import { fileUrlOf, pathOfUrl } from "../../lib/file-url.ts";
import type {
  Connection,
  ConnectionInput,
  ModelFormat,
  PolicySpec,
} from "../../protocol/connections.ts";
import { FORMAT_PRESETS, presetFor } from "../../protocol/format-presets.ts";
import type { ProblemDetails } from "../../protocol/runs.ts";
import { SCORING_PRESETS, type Scoring } from "../../protocol/scoring.ts";
import { ApiError } from "../backend/backend.ts";
import { modelsQuery, queryClient } from "../queries.ts";
import { connectionsQuery, openConnections } from "./connections-query.ts";

/** The connection that the form describes. A number that is not typed yet is NaN. */
export interface ConnectionDraft {
  readonly role: NonNullable<Connection["role"]>;
  readonly id: string;
  readonly url: string;
  /** Of a GGUF file on the server's machine; `null`: the model is on a server of its own. */
  readonly path: string | null;
  readonly model: string;
  /** Empty: none is sent, and the one there is stays. */
  readonly key: string;
  readonly forgetsKey: boolean;
  /** How a policy is asked. */
  readonly api: PolicySpec["api"];
  readonly format: ModelFormat;
  /** How a verifier is asked. */
  readonly scoring: Scoring;
  readonly allowPrivate: boolean;
  readonly maxInFlight: number;
  readonly timeout: number;
}

interface Editing {
  /** `null`: no form is open. */
  readonly draft: ConnectionDraft | null;
  /** The connection that is changed; `null` for a new one. */
  readonly former: Connection | null;
  readonly saving: boolean;
  readonly refused: ProblemDetails | null;
  /** Connections that are being probed or tested, and why the last time failed for some. */
  readonly probing: ReadonlySet<string>;
  readonly faults: ReadonlyMap<string, string>;
}

const NEW: ConnectionDraft = {
  ...{
    role: "policy",
    scoring: SCORING_PRESETS[0]!.scoring,
    id: "",
    url: "http://127.0.0.1:8000/v1",
    path: null,
    api: "completions",
    model: "",
    key: "",
  },
  ...{ forgetsKey: false, format: FORMAT_PRESETS[0]!.format, allowPrivate: false },
  ...{ maxInFlight: 64, timeout: 300 },
};

export const useEditing = create<Editing>()(() => ({
  ...{ draft: null, former: null, saving: false, refused: null },
  ...{ probing: new Set<string>(), faults: new Map<string, string>() },
}));

export function connectNew(): void {
  useEditing.setState({ draft: NEW, former: null, refused: null });
}

export function changeConnection(former: Connection): void {
  const { id, url, model, allowPrivate, maxInFlight, timeout } = former;
  const path = pathOfUrl(url);
  const asked =
    former.role === "verifier"
      ? { role: former.role, scoring: former.scoring }
      : { api: former.api, format: former.format };
  useEditing.setState({
    draft: {
      ...{ ...NEW, id, model, allowPrivate, maxInFlight, timeout, ...asked, path },
      ...(path === null && { url }),
    },
    ...{ former, refused: null },
  });
}

export function closeForm(): void {
  useEditing.setState({ draft: null, former: null, refused: null });
}

export function edit(change: Partial<ConnectionDraft>): void {
  const { draft } = useEditing.getState();
  if (draft !== null) useEditing.setState({ draft: { ...draft, ...change }, refused: null });
}

/** Changes the API; only chats are made into text by the server, so the template may have to change with it. */
export function chooseApi(api: ConnectionDraft["api"]): void {
  const { draft } = useEditing.getState();
  if (draft === null) return;
  const { template } = draft.format;
  const fits = api === "chat" ? "server" : template === "server" ? "chatml" : template;
  edit({ api, format: { ...draft.format, template: fits } });
}

/** Changes where the model is. In a file it is asked as llama.cpp is, which is all that can be done with one. */
export function choosePlace(place: "server" | "file"): void {
  const { draft } = useEditing.getState();
  if (draft === null) return;
  if (place === "server") {
    edit({ path: null });
    return;
  }
  edit({ path: draft.path ?? "" });
  chooseApi("llama.cpp");
  if (!FILE_PRESETS.some(({ id }) => id === scoringPresetOf(draft))) {
    chooseScoring(FILE_PRESETS[0]!.id);
  }
}

export function choosePreset(id: string): void {
  const { draft } = useEditing.getState();
  const preset = FORMAT_PRESETS.find((each) => each.id === id);
  if (draft !== null && preset) edit({ format: presetFor(preset, draft.api) });
}

/** The preset whose format the draft has; empty if it has been changed since. */
export function presetOf({ format, api }: ConnectionDraft): string {
  return FORMAT_PRESETS.find((preset) => isSame(presetFor(preset, api), format))?.id ?? "";
}

export function chooseScoring(id: string): void {
  const preset = SCORING_PRESETS.find((each) => each.id === id);
  if (preset) edit({ scoring: preset.scoring });
}

/** How llama.cpp can be asked for scores. */
export const FILE_PRESETS = SCORING_PRESETS.filter(
  ({ scoring }) => scoring.kind === "signs" && scoring.through === "n_probs",
);

/** The preset by which the draft has steps scored; empty if it has been changed since. */
export function scoringPresetOf({ scoring }: ConnectionDraft): string {
  return SCORING_PRESETS.find((preset) => isSame(preset.scoring, scoring))?.id ?? "";
}

function isSame(a: object, b: object): boolean {
  const sorted = (of: object) => Object.entries(of).toSorted(([x], [y]) => (x < y ? -1 : 1));
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function inputOf({
  role,
  api,
  format,
  scoring,
  key,
  forgetsKey,
  path,
  ...server
}: ConnectionDraft): ConnectionInput {
  const sent =
    path === null
      ? { ...server, ...(forgetsKey ? { key: null } : key !== "" && { key }) }
      : { ...server, url: fileUrlOf(path), model: nameIn(path) };
  return role === "verifier" ? { ...sent, role, scoring } : { ...sent, role, api, format };
}

/** The last part of a path, without its ending. */
function nameIn(path: string): string {
  return path.replace(/^.*[\\/]/, "").replace(/\.gguf$/, "") || "model";
}

/** Saves the drafted connection, and finds out what it can do. A refusal ends here: the form shows it at its fields. */
export async function saveDraft(): Promise<void> {
  const { draft, saving } = useEditing.getState();
  if (draft === null || saving) return;
  useEditing.setState({ saving: true, refused: null });
  try {
    const saved = await (await openConnections()).save(inputOf(draft));
    closeForm();
    await refresh();
    void findOut(saved);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    useEditing.setState({ refused: error.details });
  } finally {
    useEditing.setState({ saving: false });
  }
}

/** Probes a policy, or tests a verifier. What goes wrong is shown beside it. */
export async function findOut({ id, role }: Connection): Promise<void> {
  const { probing, faults } = useEditing.getState();
  if (probing.has(id)) return;
  const rest = new Map(faults);
  rest.delete(id);
  useEditing.setState({ probing: new Set([...probing, id]), faults: rest });
  const why = await openConnections()
    .then((connections) => (role === "verifier" ? connections.selfTest(id) : connections.probe(id)))
    .then(
      (result) => (result.ok ? null : result.message),
      (error: unknown) => {
        if (!(error instanceof ApiError)) throw error;
        return error.message;
      },
    );
  await refresh();
  const now = useEditing.getState();
  useEditing.setState({
    probing: new Set([...now.probing].filter((each) => each !== id)),
    ...(why !== null && { faults: new Map([...now.faults, [id, why]]) }),
  });
}

export async function removeConnection(id: string): Promise<void> {
  await (await openConnections()).remove(id);
  await refresh();
}

async function refresh(): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries(connectionsQuery),
    queryClient.invalidateQueries(modelsQuery),
  ]);
}
