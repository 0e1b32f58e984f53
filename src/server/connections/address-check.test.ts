import fc from "fast-check";
import { expect, test } from "vitest";
import { kindOf, whyNotCalled } from "./address-check.ts";

test.each([
  ["127.0.0.1", "loopback"],
  ["::1", "loopback"],
  ["::ffff:127.0.0.1", "loopback"],
  ["10.1.2.3", "private"],
  ["172.31.0.1", "private"],
  ["192.168.1.1", "private"],
  ["100.64.0.1", "private"],
  ["fd12::1", "private"],
  ["::ffff:10.0.0.1", "private"],
  ["64:ff9b::a00:1", "private"],
  ["169.254.169.254", "forbidden"],
  ["::ffff:169.254.169.254", "forbidden"],
  ["::ffff:a9fe:a9fe", "forbidden"],
  ["64:ff9b::a9fe:a9fe", "forbidden"],
  ["100.100.100.200", "forbidden"],
  ["fd00:ec2::254", "forbidden"],
  ["fe80::1", "forbidden"],
  ["0.0.0.0", "forbidden"],
  ["::", "forbidden"],
  ["224.0.0.1", "forbidden"],
  ["255.255.255.255", "forbidden"],
  ["8.8.8.8", "public"],
  ["172.32.0.1", "public"],
  ["2606:4700::1111", "public"],
])("%s is %s", (address, kind) => {
  expect(kindOf(address)).toBe(kind);
});

test("K1: an address is what it is, however an IPv6 one wraps it", () => {
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      const [a = 0, b = 0, c = 0, d = 0] = address.split(".").map(Number);
      const hex = `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
      for (const wrapped of [`::ffff:${address}`, `::ffff:${hex}`, `64:ff9b::${hex}`]) {
        expect(kindOf(wrapped)).toBe(kindOf(address));
      }
    }),
  );
});

test("private networks have to be allowed, secrets of machines cannot be", () => {
  const both = [false, true].map((allowPrivate) => ({ allowPrivate }));
  expect(both.map((allow) => whyNotCalled("10.0.0.1", allow) === null)).toEqual([false, true]);
  expect(both.map((allow) => whyNotCalled("127.0.0.1", allow) === null)).toEqual([true, true]);
  expect(both.map((allow) => whyNotCalled("169.254.169.254", allow) === null)).toEqual([
    false,
    false,
  ]);
});
