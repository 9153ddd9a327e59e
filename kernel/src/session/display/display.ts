import { randomUUID } from "node:crypto";
import { types } from "node:util";
import { ArgumentError } from "../../errors.js";
import { displaySymbol } from "../../symbols.js";
import type { MimeBundle } from "../session.js";
import { bundleOf, plainBundle, wireBundle } from "./bundle-of.js";
import { displayTarget } from "./display-target.js";

/** Options of `display`. */
export interface DisplayOptions {
  /** the value is a MIME bundle and is shown as it is */
  readonly raw?: boolean;
  /** shows in place of everything with the same id when updated */
  readonly displayId?: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** Something on the page that can be replaced. */
export class DisplayHandle {
  readonly displayId: string;
  #last: Promise<void> | undefined;

  constructor(displayId: string) {
    this.displayId = displayId;
  }

  /**
   * Shows `value` in place of what this handle shows now.
   * @example const handle = display("0 %"); handle.update("100 %")
   */
  update(value: unknown, options: Omit<DisplayOptions, "displayId"> = {}): void {
    this.show(value, options, true);
  }

  /** Shows a value, after what was shown under this id before. */
  show(value: unknown, { raw = false, metadata = {} }: DisplayOptions, update: boolean): void {
    const target = displayTarget();
    const send = (data: MimeBundle) => {
      if (Object.keys(data).length > 0) target.show({ data, metadata, displayId: this.displayId, update });
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
  const handle = new DisplayHandle(options.displayId ?? randomUUID());
  handle.show(value, options, false);
  return handle;
}

function showAs(mime: string): (content: unknown, options?: Omit<DisplayOptions, "raw">) => DisplayHandle {
  return (content, options) => {
    const text = typeof content === "string" ? content : `[${mime}]`;
    return show({ [mime]: content, "text/plain": text }, { ...options, raw: true });
  };
}

/**
 * Shows a value in the output of the running cell, now or in the middle of it; the handle replaces what is shown.
 * Outside a kernel its text goes to standard output.
 * @throws {ArgumentError} if `raw` is set and the value is no object of MIME types and contents
 * @example display(rows); display.markdown("**done**"); display({ "text/html": "<b>hi</b>" }, { raw: true })
 */
export const display = Object.assign(show, {
  html: showAs("text/html"),
  markdown: showAs("text/markdown"),
  svg: showAs("image/svg+xml"),
  latex: showAs("text/latex"),
  json: showAs("application/json"),
  /** a Vega-Lite specification; JupyterLab draws it with the Vega-Lite 5 renderer it brings */
  vegalite: showAs("application/vnd.vegalite.v5+json"),
});

/**
 * Removes what the running cell has shown so far.
 * @param wait only when the next output comes, which avoids flicker
 * @example for (const step of steps) { clearOutput(true); display(step); }
 */
export function clearOutput(wait = false): void {
  displayTarget().clear(wait);
}
