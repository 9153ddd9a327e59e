/** One line of a stack trace; `before + call + file:line:column + after` is the line. */
export interface Frame {
  readonly before: string;
  readonly call: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly after: string;
  /** text of the file, if it is one of the user's beside the notebook */
  readonly source?: string;
}

/** Nobody's frame is longer; on a line of a megabyte the pattern would run for minutes. */
const LONGEST_LINE = 4_000;

const pattern = /^(.*?\bat (?:async )?)((?:.* \((?:eval at .*, )?)?)(\S+?):(\d+):(\d+)(\)?(?: \{)?)$/;

/** Reads a line of V8's stack trace; nothing if it is not one or has no place (`<anonymous>`). */
export function frameOf(line: string): Frame | undefined {
  if (line.length > LONGEST_LINE || !/^[\s│]*at /.test(line)) return undefined;
  const [, before, call, file, row, column, after] = pattern.exec(line) ?? [];
  if (before === undefined || call === undefined || file === undefined || after === undefined) return undefined;
  return { before, call, file, line: Number(row), column: Number(column), after };
}
