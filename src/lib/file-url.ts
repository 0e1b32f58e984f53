/** The URL of an absolute path, of Windows or any other system; `file:///models/a.gguf`. */
export function fileUrlOf(path: string): string {
  const slashed = /^[A-Za-z]:[\\/]/.test(path) ? `/${path.replaceAll("\\", "/")}` : path;
  const escaped = encodeURI(slashed).replaceAll("?", "%3F").replaceAll("#", "%23");
  return `file://${escaped.startsWith("/") ? "" : "/"}${escaped}`;
}

/** The path that a file's URL names; `null` for a URL of anything else. */
export function pathOfUrl(url: string): string | null {
  if (!url.startsWith("file://")) return null;
  const path = decodeURIComponent(url.slice("file://".length));
  return /^\/[A-Za-z]:\//.test(path) ? path.slice(1).replaceAll("/", "\\") : path;
}
