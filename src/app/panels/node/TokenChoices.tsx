import type { NodeId } from "../../../protocol/events.ts";
import { formatShare } from "../../format.ts";
import { revealControls } from "../../plain-text.ts";
import { visibleToken } from "../../token-text.ts";
import { t } from "../../words/t.ts";
import { useMoment } from "../moment.ts";
import { NodeLink } from "../NodeLink.tsx";
import { tokenChoices } from "./token-choices.ts";

/** Rows in the page at most. */
const MOST = 16;

/** What might have stood in the place of a token, and how likely the policy found it. */
export function TokenChoices({ node }: { node: NodeId }) {
  const { tree, at } = useMoment();
  const choices = tokenChoices(tree, node, at).slice(0, MOST);
  const told = choices.reduce((sum, { probability }) => sum + probability, 0);
  const rest = Math.max(0, 1 - told);
  return (
    <table className="token-choices">
      <caption>{t("Likeliest tokens here")}</caption>
      <tbody>
        {choices.map(({ text, probability, node: own }) => (
          <tr key={text} aria-current={own === node ? "true" : undefined}>
            <th scope="row">
              <span className="mono">{revealControls(visibleToken(text))}</span>
            </th>
            <td className="share-bar">
              <span style={{ inlineSize: `${100 * probability}%` }} />
            </td>
            <td className="number">{formatShare(probability)}</td>
            <td>
              {own === node ? (
                t("this one")
              ) : own === null ? (
                t("not taken")
              ) : (
                <NodeLink node={own} />
              )}
            </td>
          </tr>
        ))}
        {rest >= 0.0005 && (
          <tr className="soft">
            <th scope="row">{t("all others")}</th>
            <td />
            <td className="number">{formatShare(rest)}</td>
            <td />
          </tr>
        )}
      </tbody>
    </table>
  );
}
