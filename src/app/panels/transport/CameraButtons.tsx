import { fitTree, followCamera } from "../../state/actions.ts";
import { useView } from "../../state/view.ts";
import { t } from "../../words/t.ts";
import { Icon } from "../Icon.tsx";

/** Where the tree is looked at from. */
export function CameraButtons() {
  const following = useView((view) => view.following);
  return (
    <div className="camera-buttons">
      <button
        type="button"
        aria-label={t("Follow")}
        aria-pressed={following}
        aria-keyshortcuts="C"
        title={t("Let the camera follow the growing tree (C)")}
        onClick={followCamera}
      >
        <Icon name="follow" /> <span className="wide-only">{t("Follow")}</span>
      </button>
      <button
        type="button"
        aria-label={t("Fit")}
        aria-keyshortcuts="Z"
        title={t("Fit the whole tree (Z)")}
        onClick={fitTree}
      >
        <Icon name="fit" /> <span className="wide-only">{t("Fit")}</span>
      </button>
    </div>
  );
}
