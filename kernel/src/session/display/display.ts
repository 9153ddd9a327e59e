import { randomUUID } from "node:crypto";
import { types } from "node:util";
import { checkOptions, type Expectation, type Expectations } from "../../dag/check-options.js";
import { ArgumentError } from "../../errors.js";
import { displaySymbol } from "../../symbols.js";
import type { MimeBundle } from "../session.js";
import { bundleOf, plainBundle, wireBundle } from "./bundle-of.js";
import { displayTarget } from "./display-target.js";
import { type ImageKind, imageBundle } from "./image-bundle.js";
import { jsonBundle, vegaliteBundle } from "./json-bundle.js";
import { isTemplate, type TextKind, templateText, textBundle } from "./text-bundle.js";
import { toJson } from "./to-json.js";

/** Options of `display`. */
export interface DisplayOptions {
  /** the value is a MIME bundle and is shown as it is */
  readonly raw?: boolean;
  /** shows in place of everything with the same id when updated */
  readonly displayId?: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

const kindExpectations: Expectations<KindOptions> = {
  displayId: { text: "a text", test: (value) => typeof value === "string" && value !== "" },
  metadata: { text: "an object", test: (value) => typeof value === "object" && value !== null },
};
const expectations: Expectations<DisplayOptions> = {
  ...kindExpectations,
  raw: { text: "true or false", test: (value) => typeof value === "boolean" },
};
const pixels: Expectation = {
  text: "a number of pixels",
  test: (value) => typeof value === "number" && value > 0 && value < Infinity,
};

/** Something on the page that can be replaced. */
export class DisplayHandle {
  readonly displayId: string;
  #last: Promise<void> | undefined;

  constructor(displayId: string) {
    this.displayId = displayId;
  }

  /**
   * Shows `value` in place of what this handle shows now.
   * @throws {ArgumentError} as `display`
   * @example const handle = display("0 %"); handle.update("100 %")
   */
  update(value: unknown, options: Omit<DisplayOptions, "displayId"> = {}): void {
    checkOptions("update", options, expectations);
    this.show(value, options, true);
  }

  /** Shows a value, after what was shown under this id before. */
  show(value: unknown, { raw = false, metadata = {} }: DisplayOptions, update: boolean): void {
    const target = displayTarget();
    const sent = metadataOf(metadata);
    const send = (data: MimeBundle) => {
      if (Object.keys(data).length > 0) target.show({ data, metadata: sent, displayId: this.displayId, update });
    };
    const bundle = bundleOrText(value, raw);
    if (this.#last !== undefined || types.isPromise(bundle)) target.waitFor(this.#sendLater(bundle, send));
    else send(bundle);
  }

  #sendLater(bundle: MimeBundle | Promise<MimeBundle>, send: (bundle: MimeBundle) => void): Promise<void> {
    const sent = Promise.all([bundle, this.#last]).then(([ready]) => {
      send(ready);
      if (this.#last === sent) this.#last = undefined;
    });
    this.#last = sent;
    return sent;
  }

  /** A handle as the last expression of a cell shows nothing. */
  [displaySymbol](): MimeBundle {
    return {};
  }
}

/** As the protocol wants it, copied now. @throws {ArgumentError} if JSON cannot hold it */
function metadataOf(metadata: object): Readonly<Record<string, unknown>> {
  try {
    return { ...Object(toJson(metadata)) };
  } catch (cause) {
    throw new ArgumentError(`The metadata cannot be written as JSON: ${String(cause)}. Give plain data`, {}, { cause });
  }
}

/** A value whose own method fails is shown as text, beside the error. */
function bundleOrText(value: unknown, raw: boolean): MimeBundle | Promise<MimeBundle> {
  const fail = (error: unknown) => {
    displayTarget().warn(error);
    return plainBundle(value);
  };
  if (raw) return rawBundle(value);
  try {
    const bundle = bundleOf(value);
    return types.isPromise(bundle) ? bundle.catch(fail) : bundle;
  } catch (error) {
    return fail(error);
  }
}

function rawBundle(value: unknown): MimeBundle {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return wireBundle(value);
  throw new ArgumentError(
    `display(…, { raw: true }) got ${typeof value}: give an object of MIME types and contents, as { "text/html": "<b>hi</b>" }`,
  );
}

function show(value: unknown, options: DisplayOptions = {}): DisplayHandle {
  checkOptions("display", options, expectations);
  const handle = new DisplayHandle(options.displayId ?? randomUUID());
  handle.show(value, options, false);
  return handle;
}

/** Options of `display.html` and the like. */
export type KindOptions = Omit<DisplayOptions, "raw">;

/** Options of `display.png` and `display.jpeg`. */
export interface ImageOptions extends KindOptions {
  /** in CSS pixels, else that of the picture itself */
  readonly width?: number;
  readonly height?: number;
}

/** Shows text of one kind; also the tag of a template. */
export interface ShowText {
  (text: string, options?: KindOptions): DisplayHandle;
  (strings: TemplateStringsArray, ...values: readonly unknown[]): DisplayHandle;
}

function showText(name: string, kind: TextKind): ShowText {
  return (content: unknown, ...rest: readonly unknown[]) => {
    const isTag = isTemplate(content);
    const text = isTag ? templateText(content, rest, kind.isRaw ?? false) : content;
    return show(textBundle(`display.${name}`, kind, text), rawOptions(`display.${name}`, isTag ? {} : (rest[0] ?? {})));
  };
}

function showImage(kind: ImageKind, content: unknown, options: ImageOptions): DisplayHandle {
  const bundle = imageBundle(kind, content);
  checkOptions(`display.${kind}`, options, { ...kindExpectations, width: pixels, height: pixels });
  const { width, height, metadata = {}, ...rest } = options;
  const size = { ...(width !== undefined && { width }), ...(height !== undefined && { height }) };
  const sized = Object.keys(size).length === 0 ? metadata : { ...metadata, [`image/${kind}`]: size };
  return show(bundle, { ...rest, metadata: sized, raw: true });
}

function rawOptions(name: string, options: KindOptions): DisplayOptions {
  checkOptions(name, options, kindExpectations);
  return { ...options, raw: true };
}

/**
 * Shows a value in the output of the running cell, now or in the middle of it; the handle replaces what is shown.
 * Outside a kernel its text goes to standard output. A value shows itself if it has a method
 * `[Symbol.for("Jupyter.display")]` that returns a MIME bundle, or a promise of one.
 * @throws {ArgumentError} if an option is unknown, or `raw` is set and the value is no object of MIME types and contents
 * @example display(rows); display.markdown("**done**"); display({ "text/html": "<b>hi</b>" }, { raw: true })
 */
export const display = Object.assign(show, {
  /**
   * Shows HTML. A tag too; values are put in as they are, so escape what is not HTML.
   * @throws {ArgumentError} if it is no text
   * @example display.html("<b>hi</b>"); display.html`<b>${name}</b>`
   */
  html: showText("html", { mime: "text/html", example: 'display.html("<b>hi</b>")' }),
  /**
   * Shows Markdown, formulas between dollars included.
   * @throws {ArgumentError} if it is no text
   * @example display.markdown("# Result\n**done** in $x^2$ steps")
   */
  markdown: showText("markdown", { mime: "text/markdown", example: 'display.markdown("**hi**")' }),
  /**
   * Shows a picture given as SVG.
   * @throws {ArgumentError} if it is no text with an svg element
   * @example display.svg('<svg width="20" height="20"><circle cx="10" cy="10" r="9"/></svg>')
   */
  svg: showText("svg", {
    mime: "image/svg+xml",
    mark: /<(?:\w+:)?svg[\s/>]/,
    example: 'display.svg(\'<svg width="9" height="9">…</svg>\')',
  }),
  /**
   * Shows LaTeX. As a tag it takes backslashes as they are.
   * @throws {ArgumentError} if it is no text
   * @example display.latex`$\frac{1}{2}$`
   */
  latex: showText("latex", { mime: "text/latex", example: 'display.latex("$x^2$")', isRaw: true }),
  /**
   * Runs JavaScript in the page, not in the kernel; JupyterLab does so for trusted notebooks, with `element` as the output.
   * @throws {ArgumentError} if it is no text
   * @example display.javascript("element.textContent = location.href")
   */
  javascript: showText("javascript", {
    mime: "application/javascript",
    example: 'display.javascript("element.textContent = 1")',
  }),
  /**
   * Shows a PNG file: its bytes, or their base64 (a data URL too).
   * @throws {ArgumentError} if it is no PNG file
   * @example display.png(await fs.promises.readFile("chart.png"), { width: 300 })
   */
  png: (content: Uint8Array | ArrayBuffer | string, options: ImageOptions = {}) => showImage("png", content, options),
  /**
   * Shows a JPEG file: its bytes, or their base64 (a data URL too).
   * @throws {ArgumentError} if it is no JPEG file
   * @example display.jpeg(await fs.promises.readFile("photo.jpg"), { width: 300 })
   */
  jpeg: (content: Uint8Array | ArrayBuffer | string, options: ImageOptions = {}) => showImage("jpeg", content, options),
  /**
   * Shows data as a tree that can be opened. Typed arrays become lists, a bigint a number if it is safe, else text.
   * @throws {ArgumentError} if JSON cannot hold it
   * @example display.json({ rows: [1, 2, 3] })
   */
  json: (value: unknown, options: KindOptions = {}) => show(jsonBundle(value), rawOptions("display.json", options)),
  /**
   * Draws a Vega-Lite specification; JupyterLab has the renderer of Vega-Lite 5.
   * @throws {ArgumentError} if it is no specification
   * @example display.vegalite({ data: { values: rows }, mark: "bar", encoding: { x: { field: "a" } } })
   */
  vegalite: (spec: object, options: KindOptions = {}) =>
    show(vegaliteBundle(spec), rawOptions("display.vegalite", options)),
});

/**
 * Removes what the running cell has shown so far.
 * @param wait only when the next output comes, which avoids flicker
 * @example for (const step of steps) { clearOutput(true); display(step); }
 */
export function clearOutput(wait = false): void {
  displayTarget().clear(wait);
}
