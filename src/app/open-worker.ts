/** As much of the browsers' trusted types as is needed here; TypeScript's DOM does not have them. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { readonly createScriptURL: (url: string) => string },
  ): { readonly createScriptURL: (url: string) => string };
}

declare global {
  interface Window {
    readonly trustedTypes?: TrustedTypes;
  }
}

/**
 * The server's content security policy takes scripts only from a policy; ours lets
 * in what this app consists of. Browsers without trusted types take the address itself.
 */
let policy: { readonly createScriptURL: (url: string) => string } | undefined;

/** Whether the page is one file: it holds its scripts, and its workers can be no modules. */
const isFile = import.meta.env.MODE === "file";

/**
 * Starts a module worker of this app. `url` is from an import that ends in
 * `?worker&url`. Throws a `TypeError` for a script that is from elsewhere.
 */
export function openWorker(url: string): Worker {
  policy ??= window.trustedTypes?.createPolicy("sentei", { createScriptURL: ownUrl });
  const own = policy?.createScriptURL(url) ?? ownUrl(url);
  return isFile ? new Worker(own) : new Worker(own, { type: "module" });
}

function ownUrl(url: string): string {
  const { origin, href, protocol } = new URL(url, location.href);
  const isInside = isFile && protocol === "blob:";
  if (origin !== location.origin && !isInside)
    throw new TypeError(`not a script of this app: ${href}`);
  return href;
}
