import { isStored } from "../../dag/functions/store-folder.js";
import { writtenPlace } from "../../dag/functions/written-place.js";
import type { MimeBundle } from "../session.js";
import type { Position } from "../transform/cell-positions.js";
import type { CompiledCell } from "../transform/compile-cell.js";
import { type Frame, frameOf } from "./frame.js";

// `kernel/dist/` or `kernel/src/`: frames below it are ours, not the user's.
const ownRoot = new URL("../../", import.meta.url).href;

/** The cells that ran, for turning places of compiled code into places of the user's TypeScript. */
export class CellSources {
  readonly #cells = new Map<string, CompiledCell>();

  add(cell: CompiledCell): void {
    // A name that comes again moves to the end.
    this.#cells.delete(cell.name);
    this.#cells.set(cell.name, cell);
  }

  /** Cells that ran, newest first. */
  newestFirst(): readonly CompiledCell[] {
    return [...this.#cells.values()].reverse();
  }

  /** The place in the user's TypeScript of a place in the script of a cell. */
  writtenAt(file: string, place: Position): (Position & { readonly file: string }) | undefined {
    const found = this.#cells.get(file)?.positionOf(place);
    return found ? { file, ...found } : writtenPlace(file, place.line, place.column);
  }

  /** True if a cell reads a name that it imports, not only as a type. */
  readsName(file: string, name: string): boolean {
    return this.#cells.get(file)?.reads(name) ?? false;
  }

  /** Source text of a cell by its file name. */
  source(file: string): string | undefined {
    return this.#cells.get(file)?.source;
  }

  /** The frame as the user should see it; nothing for frames of the kernel and of Node's inside. */
  userFrame(frame: Frame): Frame | undefined {
    const cell = this.#cells.get(frame.file);
    if (cell) {
      const place = cell.positionOf(frame);
      return place && { ...frame, ...place };
    }
    if (isStored(frame.file)) return writtenFrame(frame);
    if (isInside(frame.file)) return undefined;
    return frame.call.includes("eval at ") ? { ...frame, call: this.#evalPlace(frame.call) } : frame;
  }

  /** Where code of `eval` or `new Function` was run: V8 writes it into the frame. */
  #evalPlace(call: string): string {
    return call.replace(/\((cell-\d+\.ts):(\d+):(\d+)\)/g, (text, file, line, column) => {
      const place = this.#cells.get(file)?.positionOf({ line: Number(line), column: Number(column) });
      return place ? `(${file}:${place.line}:${place.column})` : text;
    });
  }

  /** The same bundle with the frames in its text as the user should see them. */
  cleanBundle(bundle: MimeBundle): MimeBundle {
    const text = bundle["text/plain"];
    return typeof text === "string" ? { ...bundle, "text/plain": this.cleanText(text) } : bundle;
  }

  /** The same text with the frames of stack traces in it as the user should see them. */
  cleanText(text: string): string {
    // Nearly all output has no stack trace and passes untouched.
    if (!text.includes("    at ") || !(text.includes("cell-") || isStored(text))) return text;
    const lines: string[] = [];
    for (const line of text.split("\n")) {
      const frame = frameOf(line);
      if (!frame) lines.push(line);
      else {
        const shown = this.userFrame(frame);
        if (shown) lines.push(shown.before + shown.call + placeOf(shown) + shown.after);
        // node:util ends the last frame with " {" when properties of the error follow.
        else if (frame.after.endsWith("{")) lines.push(`${lines.pop() ?? ""} {`);
      }
    }
    return lines.join("\n");
  }
}

/** A frame of a file beside the notebook, which runs from another place; nothing for what was added to it. */
function writtenFrame(frame: Frame): Frame | undefined {
  const place = writtenPlace(frame.file, frame.line, frame.column);
  return place && { ...frame, file: place.file, line: place.line, column: place.column, source: place.text };
}

function isInside(file: string): boolean {
  return file.startsWith(ownRoot) || file.startsWith("node:") || file.includes("/node_modules/piscina/");
}

function placeOf({ file, line, column }: Frame): string {
  return `${file}:${line}:${column}`;
}
