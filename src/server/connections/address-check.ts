import { BlockList, isIP } from "node:net";

/** What an address is to this server. */
export type AddressKind = "loopback" | "private" | "forbidden" | "public";

const RANGES: Readonly<Record<Exclude<AddressKind, "public">, readonly string[]>> = {
  loopback: ["127.0.0.0/8", "::1/128"],
  private: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"],
  // Nothing that is a model server; among them where clouds tell machines their secrets.
  forbidden: [
    ...["0.0.0.0/8", "169.254.0.0/16", "100.100.100.200/32", "192.0.0.0/24", "224.0.0.0/3"],
    ...["fe80::/10", "fd00:ec2::254/128", "fd20:ce::254/128", "ff00::/8", "::/128"],
  ],
};

const LISTS = Object.entries(RANGES).map(([kind, ranges]) => {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = "", bits] = range.split("/");
    list.addSubnet(address, Number(bits), address.includes(":") ? "ipv6" : "ipv4");
  }
  return { kind: kind as Exclude<AddressKind, "public">, list };
});

/** What is most forbidden comes first: some ranges lie in others. */
const ORDER = ["forbidden", "loopback", "private"] as const;

/** The kind of an address, of IPv4 or IPv6; an IPv4 address in an IPv6 one is what it is itself. */
export function kindOf(address: string): AddressKind {
  const inner = ipv4In(address);
  if (inner !== null) return kindOf(inner);
  const family = isIP(address) === 6 ? "ipv6" : "ipv4";
  return (
    ORDER.find((kind) =>
      LISTS.some((each) => each.kind === kind && each.list.check(address, family)),
    ) ?? "public"
  );
}

/** Beginnings of IPv6 addresses whose end is one of IPv4: mapped (RFC 4291, 2.5.5.2), translated (RFC 6052, 2.1). */
const WRAPPINGS = ["0:0:0:0:0:ffff", "64:ff9b:0:0:0:0"];

/** The IPv4 address that an IPv6 one stands for. */
function ipv4In(address: string): string | null {
  if (isIP(address) !== 6) return null;
  const groups = groupsOf(address);
  if (!WRAPPINGS.includes(groups.slice(0, 6).join(":"))) return null;
  const [high = 0, low = 0] = groups.slice(6).map((group) => Number.parseInt(group, 16));
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
}

/** The eight groups of an IPv6 address in hexadecimal digits. */
function groupsOf(address: string): string[] {
  const plain = new URL(`http://[${address.replace(/%.*/, "")}]`).hostname.slice(1, -1);
  const [before = [], after = []] = plain
    .split("::")
    .map((part) => part.split(":").filter((group) => group !== ""));
  return [...before, ...Array<string>(8 - before.length - after.length).fill("0"), ...after];
}

/** Why this address is not called, or `null`. */
export function whyNotCalled(
  address: string,
  { allowPrivate }: { readonly allowPrivate: boolean },
): string | null {
  const kind = kindOf(address);
  if (kind === "forbidden") return `${address} is an address that no model server has`;
  if (kind === "private" && !allowPrivate) {
    return `${address} is in a private network, which this connection does not allow`;
  }
  return null;
}
