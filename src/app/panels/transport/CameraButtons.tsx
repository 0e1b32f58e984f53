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
        className="outlined"
        aria-pressed={following}
        aria-keyshortcuts="C"
        title="Let the camera follow the growing tree (C)"
        onClick={followCamera}
      >
        <Icon name="follow" /> Follow
      </button>
      <button
        type="button"
        className="outlined"
        aria-keyshortcuts="Z"
        title="Fit the whole tree (Z)"
        onClick={fitTree}
      >
        <Icon name="fit" /> Fit
      </button>
    </div>
  );
}
