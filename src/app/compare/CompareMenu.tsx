import { PresetList } from "./PresetList.tsx";

/** In the form: starts two or three searches of its problem side by side. */
export function CompareMenu() {
  return (
    <details className="more compare-menu">
      <summary>
        <span>Compare</span> <span className="hint">searches side by side</span>
      </summary>
      <PresetList />
    </details>
  );
}
