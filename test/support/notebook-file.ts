/** A code cell: its source, and outputs it was saved with. */
export interface CellSource {
  readonly source: string;
  readonly outputs?: readonly object[];
}

/** The content of a notebook file with code cells. */
export function notebookOf(kernel: string, cells: readonly CellSource[]): object {
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec: { name: kernel, display_name: kernel, language: "typescript" } },
    cells: cells.map(({ source, outputs = [] }, index) => ({
      cell_type: "code",
      id: `cell-${index}`,
      metadata: {},
      execution_count: null,
      source,
      outputs,
    })),
  };
}
