import { useView } from "../state/view.ts";
import { t } from "../words/t.ts";
import { showTab, type Tab, usePage } from "./page.ts";

/** On a narrow screen: which part of the page is shown. */
export function Tabs() {
  const tab = usePage((page) => page.tab);
  const selected = useView((view) => view.selected);
  const words: Record<Tab, string> = {
    new: t("Runs"),
    tree: t("Tree"),
    node: selected === null ? t("Node") : t("Node {node}", { node: String(selected) }),
  };
  return (
    <nav className="tabs" aria-label={t("Parts of the page")}>
      {(["new", "tree", "node"] as const).map((name) => (
        <button key={name} type="button" aria-current={tab === name} onClick={() => showTab(name)}>
          {words[name]}
        </button>
      ))}
    </nav>
  );
}
