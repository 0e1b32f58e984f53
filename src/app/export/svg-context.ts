/** Says how wide a text is in a CSS font, px. */
export type MeasureText = (font: string, text: string) => number;

/** What a shape or a text is painted with; as a canvas has it. */
interface Style {
  fillStyle: string | SvgGradient;
  strokeStyle: string;
  lineWidth: number;
  lineCap: CanvasLineCap;
  lineJoin: CanvasLineJoin;
  globalAlpha: number;
  font: string;
  textAlign: CanvasTextAlign;
  textBaseline: CanvasTextBaseline;
}

const INITIAL: Style = {
  fillStyle: "#000",
  strokeStyle: "#000",
  lineWidth: 1,
  lineCap: "butt",
  lineJoin: "miter",
  globalAlpha: 1,
  font: "10px sans-serif",
  textAlign: "start",
  textBaseline: "alphabetic",
};

/** From the middle of a line of text down to its baseline, in font sizes: not every viewer knows other baselines. */
const MIDDLE = 0.35;

/** A path that is filled through a matrix (a, b, c, d, e, f); those with one `id` have one path. */
export interface PlacedPath {
  readonly id: string;
  readonly path: string;
  readonly matrix: readonly [number, number, number, number, number, number];
}

/** A gradient, until it is painted with. */
class SvgGradient {
  readonly id: string;
  readonly #line: readonly [number, number, number, number];
  #stops = "";

  constructor(id: string, line: readonly [number, number, number, number]) {
    this.id = id;
    this.#line = line;
  }

  addColorStop(offset: number, color: string): void {
    this.#stops += `<stop offset="${offset}"${paint("stop-color", color)}/>`;
  }

  get markup(): string {
    const [x1, y1, x2, y2] = this.#line.map(short);
    return `<linearGradient id="${this.id}" gradientUnits="userSpaceOnUse" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}">${this.#stops}</linearGradient>`;
  }
}

/**
 * The part of a 2d canvas that the tree is drawn with, writing SVG instead: paths and
 * texts, no scripts, no foreign objects, so that every viewer and editor opens it. Pass
 * it as a canvas by `asCanvas`. Throws for what has no shape of its own: pictures.
 */
export class SvgContext implements Style {
  fillStyle = INITIAL.fillStyle;
  strokeStyle = INITIAL.strokeStyle;
  lineWidth = INITIAL.lineWidth;
  lineCap = INITIAL.lineCap;
  lineJoin = INITIAL.lineJoin;
  globalAlpha = INITIAL.globalAlpha;
  font = INITIAL.font;
  textAlign = INITIAL.textAlign;
  textBaseline = INITIAL.textBaseline;
  readonly #measure: MeasureText;
  readonly #parts: string[] = [];
  readonly #saved: { style: Style; dash: readonly number[]; groups: number }[] = [];
  /** Paths that stand in several places, by their ids. */
  readonly #placed = new Map<string, { name: string; path: string }>();
  #path: string[] = [];
  #dash: readonly number[] = [];
  #groups = 0;
  #ids = 0;

  constructor(measure: MeasureText) {
    this.#measure = measure;
  }

  get asCanvas(): CanvasRenderingContext2D {
    // It has all that the tree is drawn with, and not all that there is.
    return this as unknown as CanvasRenderingContext2D;
  }

  /** The whole picture, `width` × `height` px. */
  document(
    width: number,
    height: number,
    { paper, title }: { paper: string; title: string },
  ): string {
    const size = `width="${short(width)}" height="${short(height)}" viewBox="0 0 ${short(width)} ${short(height)}"`;
    const ground = `<rect width="100%" height="100%"${paint("fill", paper)}/>`;
    return `<svg ${NAMES} ${size}><title>${escapeXml(title)}</title>${this.#definitions()}${ground}${this.#parts.join("")}${"</g>".repeat(this.#groups)}</svg>\n`;
  }

  // The picture is in CSS px; how many device pixels each has is the viewer's.
  setTransform(): void {}
  clearRect(): void {}

  save(): void {
    const { fillStyle, strokeStyle, lineWidth, lineCap, lineJoin } = this;
    const { globalAlpha, font, textAlign, textBaseline } = this;
    this.#saved.push({
      style: {
        ...{ fillStyle, strokeStyle, lineWidth, lineCap, lineJoin },
        ...{ globalAlpha, font, textAlign, textBaseline },
      },
      dash: this.#dash,
      groups: this.#groups,
    });
  }

  restore(): void {
    const saved = this.#saved.pop();
    if (saved === undefined) return;
    Object.assign(this, saved.style);
    this.#dash = saved.dash;
    this.#parts.push("</g>".repeat(this.#groups - saved.groups));
    this.#groups = saved.groups;
  }

  clip(): void {
    const id = `clip${++this.#ids}`;
    this.#parts.push(
      `<clipPath id="${id}"><path d="${this.#path.join("")}"/></clipPath><g clip-path="url(#${id})">`,
    );
    this.#groups++;
  }

  beginPath(): void {
    this.#path = [];
  }

  closePath(): void {
    this.#path.push("Z");
  }

  moveTo(x: number, y: number): void {
    this.#path.push(`M${short(x)} ${short(y)}`);
  }

  lineTo(x: number, y: number): void {
    this.#path.push(`${this.#path.length === 0 ? "M" : "L"}${short(x)} ${short(y)}`);
  }

  bezierCurveTo(...points: readonly number[]): void {
    this.#path.push(`C${points.map(short).join(" ")}`);
  }

  quadraticCurveTo(...points: readonly number[]): void {
    this.#path.push(`Q${points.map(short).join(" ")}`);
  }

  rect(x: number, y: number, width: number, height: number): void {
    this.#path.push(`M${short(x)} ${short(y)}h${short(width)}v${short(height)}h${short(-width)}Z`);
  }

  arc(x: number, y: number, radius: number, from: number, to: number): void {
    const [x1, y1] = [x + radius * Math.cos(from), y + radius * Math.sin(from)];
    if (Math.abs(to - from) >= 2 * Math.PI - 1e-6) {
      // Both ends are one point, so a whole circle is two halves.
      const half = `a${short(radius)} ${short(radius)} 0 1 1`;
      const [dx, dy] = [2 * (x - x1), 2 * (y - y1)];
      this.#path.push(`M${short(x1)} ${short(y1)}${half} ${short(dx)} ${short(dy)}`);
      this.#path.push(`${half} ${short(-dx)} ${short(-dy)}Z`);
      return;
    }
    const [x2, y2] = [x + radius * Math.cos(to), y + radius * Math.sin(to)];
    const sweep = (((to - from) % (2 * Math.PI)) + 2 * Math.PI) % (2 * Math.PI);
    const large = sweep > Math.PI ? 1 : 0;
    const start = this.#path.length === 0 ? "M" : "L";
    this.#path.push(`${start}${short(x1)} ${short(y1)}`);
    this.#path.push(`A${short(radius)} ${short(radius)} 0 ${large} 1 ${short(x2)} ${short(y2)}`);
  }

  fill(): void {
    this.#shape(this.#fill());
  }

  stroke(): void {
    this.#shape(`fill="none"${this.#stroke()}`);
  }

  /** Fills a path at (x, y), px. However often it stands in the picture, it is written once. */
  fillPlaced({ id, path, matrix }: PlacedPath, x: number, y: number): void {
    const known = this.#placed.get(id) ?? { name: `shape${this.#placed.size + 1}`, path };
    this.#placed.set(id, known);
    const [a, b, c, d, e, f] = matrix;
    const place = [a, b, c, d, e + x, f + y].map((value) => Number(value.toFixed(5))).join(" ");
    const attributes = `xlink:href="#${known.name}" transform="matrix(${place})"`;
    this.#parts.push(`<use ${attributes} ${this.#fill()}${this.#opacity()}/>`);
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    const place = `x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}"`;
    this.#parts.push(`<rect ${place} ${this.#fill()}${this.#opacity()}/>`);
  }

  setLineDash(dash: readonly number[]): void {
    this.#dash = dash;
  }

  createLinearGradient(x1: number, y1: number, x2: number, y2: number): SvgGradient {
    return new SvgGradient(`gradient${++this.#ids}`, [x1, y1, x2, y2]);
  }

  measureText(text: string): { width: number } {
    return { width: this.#measure(this.font, text) };
  }

  fillText(text: string, x: number, y: number, maxWidth = Number.POSITIVE_INFINITY): void {
    this.#text(text, { x, y, maxWidth }, this.#fill());
  }

  strokeText(text: string, x: number, y: number): void {
    const look = `fill="none"${this.#stroke()}`;
    this.#text(text, { x, y, maxWidth: Number.POSITIVE_INFINITY }, look);
  }

  drawImage(): never {
    throw new Error("a picture has no shapes to write");
  }

  #definitions(): string {
    const paths = [...this.#placed.values()].map(
      ({ name, path }) => `<path id="${name}" d="${escapeXml(path)}"/>`,
    );
    return paths.length === 0 ? "" : `<defs>${paths.join("")}</defs>`;
  }

  #shape(look: string): void {
    if (this.#path.length === 0) return;
    this.#parts.push(`<path d="${this.#path.join("")}" ${look}${this.#opacity()}/>`);
  }

  #text(
    text: string,
    { x, y, maxWidth }: { x: number; y: number; maxWidth: number },
    look: string,
  ): void {
    const [, weight = "", size = "10", family = "sans-serif"] =
      /^(?:(\d+) )?([\d.]+)px (.*)$/.exec(this.font) ?? [];
    const down = this.textBaseline === "middle" ? Number(size) * MIDDLE : 0;
    const anchor = ANCHORS[this.textAlign];
    const isTooWide = this.#measure(this.font, text) > maxWidth;
    const attributes = [
      `x="${short(x)}" y="${short(y + down)}" font-size="${size}"`,
      `font-family="${escapeXml(family)}"`,
      weight === "" ? "" : `font-weight="${weight}"`,
      anchor === "start" ? "" : `text-anchor="${anchor}"`,
      isTooWide ? `textLength="${short(maxWidth)}" lengthAdjust="spacingAndGlyphs"` : "",
    ];
    const said = attributes.filter((attribute) => attribute !== "").join(" ");
    this.#parts.push(
      `<text ${said} xml:space="preserve" ${look}${this.#opacity()}>${escapeXml(text)}</text>`,
    );
  }

  #fill(): string {
    const { fillStyle } = this;
    if (typeof fillStyle === "string") return paint("fill", fillStyle).slice(1);
    this.#parts.push(fillStyle.markup);
    return `fill="url(#${fillStyle.id})"`;
  }

  #stroke(): string {
    const { lineWidth, lineCap, lineJoin } = this;
    return [
      paint("stroke", this.strokeStyle),
      ` stroke-width="${short(lineWidth)}"`,
      lineCap === "butt" ? "" : ` stroke-linecap="${lineCap}"`,
      lineJoin === "miter" ? "" : ` stroke-linejoin="${lineJoin}"`,
      this.#dash.length === 0 ? "" : ` stroke-dasharray="${this.#dash.map(short).join(" ")}"`,
    ].join("");
  }

  #opacity(): string {
    return this.globalAlpha === 1 ? "" : ` opacity="${short(this.globalAlpha)}"`;
  }
}

/** The older way to point at a shape is the one that every program knows. */
const NAMES = `xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"`;

const ANCHORS: Readonly<Record<CanvasTextAlign, "start" | "middle" | "end">> = {
  ...{ start: "start", left: "start", center: "middle", right: "end", end: "end" },
};

/** `rgb(0 0 0 / 0.3)` of CSS as two attributes, which older viewers know too. */
function paint(name: string, color: string): string {
  const [, red, green, blue, alpha] =
    /^rgba?\(\s*(\d+)[ ,]+(\d+)[ ,]+(\d+)\s*[/,]\s*([\d.]+)\s*\)$/.exec(color) ?? [];
  if (alpha === undefined) return ` ${name}="${escapeXml(color)}"`;
  const opacity = name === "stop-color" ? "stop-opacity" : `${name}-opacity`;
  return ` ${name}="rgb(${red},${green},${blue})" ${opacity}="${alpha}"`;
}

/** To a hundredth of a pixel. */
function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}

const ENTITIES: Readonly<Record<string, string>> = {
  ...{ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" },
};

/** As text or in an attribute. Characters that no XML may hold are shown as unreadable. */
export function escapeXml(text: string): string {
  return text
    .replace(/[&<>"]/g, (character) => ENTITIES[character]!)
    .replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, (character) =>
      /[\t\n\r]/.test(character) ? character : "\uFFFD",
    );
}
