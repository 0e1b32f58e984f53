/** Has the browser save something under a name, as if it had been downloaded. */
export function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** `sentei-(7+5)-9-14-3.svg`: what of a problem every file system takes, and not too much of it. */
export function fileName(problem: string, ending: string): string {
  const short = problem
    .replaceAll(/[^\p{L}\p{N}()+=.]+/gu, "-")
    .replaceAll(/^[-.]+|[-.]+$/g, "")
    .slice(0, 60);
  return `sentei${short === "" ? "" : `-${short}`}.${ending}`;
}
