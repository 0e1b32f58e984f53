import fc from "fast-check";
import { expect, test } from "vitest";
import { escapeXml, SvgContext } from "./svg-context.ts";

const measure = (_: string, text: string) => text.length * 6;
const document = (svg: SvgContext) => svg.document(100, 50, { paper: "#fff", title: "1<2" });

/** Elements with their attributes; throws for what is no well-formed XML of the few kinds that are written. */
function elements(
  markup: string,
): { name: string; attributes: Record<string, string>; text: string }[] {
  const open: string[] = [];
  const found = [];
  const token = /<(\/?)([a-zA-Z]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>([^<]*)/gy;
  for (let match = token.exec(markup); match !== null; match = token.exec(markup)) {
    const [, close, name = "", rest = "", single, text = ""] = match;
    if (close) expect(open.pop()).toBe(name);
    else {
      const pairs = [...rest.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, key, value]) => [
        key,
        value,
      ]);
      found.push({ name, attributes: Object.fromEntries(pairs) as Record<string, string>, text });
      if (!single) open.push(name);
    }
    if (token.lastIndex === markup.length) {
      expect(open).toEqual([]);
      return found;
    }
  }
  throw new Error(`not well-formed: ${markup}`);
}

test("paths, rectangles and texts become elements with what they are painted with", () => {
  const svg = new SvgContext(measure);
  svg.fillStyle = "rgb(1 2 3 / 0.5)";
  svg.fillRect(1, 2.004, 3, 4);
  svg.beginPath();
  svg.moveTo(0, 0);
  svg.lineTo(10, 5.126);
  svg.setLineDash([9, 4]);
  svg.lineCap = "round";
  svg.globalAlpha = 0.25;
  svg.strokeStyle = "#123456";
  svg.stroke();
  svg.font = '600 11px "Segoe UI", sans-serif';
  svg.textBaseline = "middle";
  svg.fillText("a < b", 7, 20, 12);
  const [root, title, , rect, path, text] = elements(document(svg).trim());
  expect(root!.attributes).toMatchObject({ width: "100", height: "50", viewBox: "0 0 100 50" });
  expect(title!.text).toBe("1&lt;2");
  expect(rect!.attributes).toEqual({
    ...{ x: "1", y: "2", width: "3", height: "4", fill: "rgb(1,2,3)", "fill-opacity": "0.5" },
  });
  expect(path!.attributes).toMatchObject({
    ...{ d: "M0 0L10 5.13", fill: "none", stroke: "#123456", "stroke-dasharray": "9 4" },
    ...{ "stroke-linecap": "round", opacity: "0.25" },
  });
  expect(text!.text).toBe("a &lt; b");
  expect(text!.attributes).toMatchObject({
    ...{ x: "7", y: "23.85", "font-size": "11", "font-weight": "600", textLength: "12" },
    "font-family": "&quot;Segoe UI&quot;, sans-serif",
  });
});

test("a whole circle is drawn whole, and a part of one in the direction of the canvas", () => {
  const svg = new SvgContext(measure);
  svg.beginPath();
  svg.arc(10, 10, 5, 0, 2 * Math.PI);
  svg.fill();
  svg.beginPath();
  svg.arc(0, 0, 2, 0, Math.PI / 2);
  svg.fill();
  const paths = elements(document(svg).trim()).flatMap(({ attributes: { d } }) => d ?? []);
  expect(paths).toEqual(["M15 10a5 5 0 1 1 -10 0a5 5 0 1 1 10 0Z", "M2 0A2 2 0 0 1 0 2"]);
});

test("what is clipped stands in its clip, whatever is restored", () => {
  const svg = new SvgContext(measure);
  svg.save();
  svg.beginPath();
  svg.rect(0, 0, 5, 5);
  svg.clip();
  svg.fillStyle = "red";
  svg.fillRect(0, 0, 9, 9);
  svg.restore();
  expect(svg.fillStyle).toBe("#000");
  svg.restore();
  expect(document(svg)).toMatch(/<g clip-path="url\(#clip1\)"><rect [^>]*"red"\/><\/g><\/svg>/);
});

test("a picture cannot be written as shapes", () => {
  expect(() => new SvgContext(measure).drawImage()).toThrow("no shapes");
});

test("Q1: whatever a model wrote, the document is well-formed and holds no element of it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 40 }), fc.string(), (text, family) => {
      const svg = new SvgContext(measure);
      svg.font = `12px ${family}`;
      svg.fillText(text, 0, 0);
      const tags = [...document(svg).matchAll(/<[^<>]*>/g)].map(([tag]) => tag);
      const names = tags.map((tag) => /^<(\/?\w+)/.exec(tag)?.[1]);
      expect(names).toEqual(["svg", "title", "/title", "rect", "text", "/text", "/svg"]);
      // Each has as many quotes as its attributes need.
      for (const tag of tags) expect(tag.replaceAll(/[\w:-]+="[^"]*"/g, "")).not.toMatch(/["=]/);
    }),
  );
  expect(escapeXml("</text><script>\u0000\uD800")).toBe("&lt;/text&gt;&lt;script&gt;\uFFFD\uFFFD");
});
