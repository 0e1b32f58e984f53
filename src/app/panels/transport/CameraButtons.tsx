import { fitTree, followCamera } from "../../state/actions.ts";
import { useView } from "../../state/view.ts";
import { Icon } from "../Icon.tsx";

/** Where the tree is looked at from. */
export function CameraButtons() {
  const following = useView((view) => view.following);
  return (
    <div className="camera-buttons">
      <button
        type="button"
        aria-label="Follow"
        aria-pressed={following}
        aria-keyshortcuts="C"
        title="Let the camera follow the growing tree (C)"
        onClick={followCamera}
      >
        <Icon name="follow" /> <span className="wide-only">Follow</span>
      </button>
      <button
        type="button"
        aria-label="Fit"
        aria-keyshortcuts="Z"
        title="Fit the whole tree (Z)"
        onClick={fitTree}
      >
        <Icon name="fit" /> <span className="wide-only">Fit</span>
      </button>
    </div>
  );
}
