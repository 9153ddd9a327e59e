/** A cell that was run. */
export interface Entry {
  /** counts the kernels that were started and ran something */
  readonly session: number;
  /** its execution count */
  readonly line: number;
  readonly input: string;
  /** text of its result; known only for cells of this session */
  readonly output: string | undefined;
}
