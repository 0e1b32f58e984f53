import type { SelfTest } from "../../protocol/connections.ts";
import { formatScore } from "../format.ts";
import { Icon } from "../panels/Icon.tsx";
import { t } from "../words/t.ts";

type Case = SelfTest["cases"][number];

/** What a verifier said of every step of the right and wrong solutions. */
export function SelfTestFindings({ selfTest: { cases } }: { selfTest: SelfTest }) {
  return (
    <ul className="self-test">
      {cases.map((each) => (
        <li key={each.problem} data-has={each.inOrder}>
          <h4>
            <Icon name={each.inOrder ? "check" : "cross"} /> {each.problem}
          </h4>
          <div className="pair">
            <Scores title={t("Right")} steps={each.right} wrongAt={null} />
            <Scores title={t("Wrong")} steps={each.wrong} wrongAt={each.wrongAt} />
          </div>
        </li>
      ))}
    </ul>
  );
}

function Scores({
  title,
  steps,
  wrongAt,
}: {
  title: string;
  steps: Case["right"];
  wrongAt: number | null;
}) {
  return (
    <table>
      <caption>{title}</caption>
      <tbody>
        {steps.map(({ text, score }, i) => (
          <tr key={text} data-wrong={i === wrongAt}>
            <th scope="row">
              {text}
              {i === wrongAt && <span className="soft"> {t("(the mistake)")}</span>}
            </th>
            <td className="mono">{formatScore(score)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
