/** A picture of the tree, to be saved. */
export interface PictureRequest {
  /** What is in view, or all of the tree. */
  readonly of: "view" | "tree";
  readonly format: "svg" | "png";
}

type Draw = (request: PictureRequest) => Promise<Blob>;

let draw: Draw | null = null;

/** The tree view that is mounted draws pictures from now on; the returned function ends that. */
export function serveTreePictures(server: Draw): () => void {
  draw = server;
  return () => {
    if (draw === server) draw = null;
  };
}

/** Asks the mounted tree view. Rejects with an `Error` whose message is for people if there is nothing to draw, or too much. */
export async function requestTreePicture(request: PictureRequest): Promise<Blob> {
  if (draw === null) throw new Error("There is no tree in view.");
  return draw(request);
}
