import type { Widget } from "@lumino/widgets";

/** A place in the text of a cell; line and column from 1. */
export interface CellPlace {
  /** the number in brackets beside the cell */
  readonly cell: number;
  readonly line: number;
  readonly column: number;
}

const PLACE = /\bcell-(\d{1,9})\.ts:(\d{1,9})(?::(\d{1,9}))?/g;

/** A text in pieces: those that are places of cells come with the place. */
export function withPlaces(text: string): readonly { readonly text: string; readonly place?: CellPlace }[] {
  const pieces: { text: string; place?: CellPlace }[] = [];
  let end = 0;
  for (const match of text.matchAll(PLACE)) {
    if (match.index > end) pieces.push({ text: text.slice(end, match.index) });
    const [whole, cell, line, column = "1"] = match;
    pieces.push({ text: whole, place: { cell: Number(cell), line: Number(line), column: Number(column) } });
    end = match.index + whole.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end) });
  return pieces;
}

/** The part of JupyterLab's `CodeEditor.IEditor` that is used here. */
interface Editor {
  readonly lineCount: number;
  getLine(line: number): string | undefined;
  setSelection(selection: { start: Position; end: Position }): void;
  revealPosition(position: Position): void;
  focus(): void;
}
interface Position {
  readonly line: number;
  readonly column: number;
}
/** The part of JupyterLab's `Cell` that is used here. */
interface Cell {
  readonly model: { readonly executionCount?: number | null };
  readonly editor: Editor | null;
  readonly inputHidden?: boolean;
}
/** The part of JupyterLab's `Notebook` that is used here. */
interface Notebook {
  readonly widgets: readonly Cell[];
  activeCellIndex: number;
  mode: string;
  scrollToItem(index: number, mode?: string): Promise<void>;
}

/**
 * Shows a place in the notebook that a widget is in: selects its line, the cursor in it.
 * @returns false if there is no such notebook, cell or line
 */
export async function showPlace(widget: Widget, { cell, line }: CellPlace): Promise<boolean> {
  const notebook = notebookOf(widget);
  const index = notebook?.widgets.findLastIndex(({ model }) => model.executionCount === cell) ?? -1;
  if (!notebook || index < 0) return false;
  notebook.activeCellIndex = index;
  await notebook.scrollToItem(index, "smart");
  // Cells out of sight get their editors when they come into it.
  const editor = notebook.widgets[index]?.editor;
  const text = editor?.getLine(line - 1);
  if (!editor || text === undefined) return false;
  notebook.mode = "edit";
  editor.focus();
  editor.setSelection({ start: { line: line - 1, column: 0 }, end: { line: line - 1, column: text.length } });
  editor.revealPosition({ line: line - 1, column: 0 });
  return true;
}

/** A notebook is known by what it can do: the renderer is not to depend on which class it is. */
function notebookOf(widget: Widget): Notebook | undefined {
  for (let parent = widget.parent; parent; parent = parent.parent) {
    if ("activeCellIndex" in parent && "scrollToItem" in parent && "widgets" in parent) {
      return parent as unknown as Notebook;
    }
  }
  return undefined;
}
