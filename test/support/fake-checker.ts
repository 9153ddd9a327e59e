import type { CellDiagnostic, TypeChecker, WrittenCell } from "../../kernel/src/session/types/type-checker.js";

/** A type checker that finds what the test says, and notes what it is told. */
export class FakeChecker implements TypeChecker {
  readonly told: string[] = [];
  memory: number | undefined = 5;
  pid: number | undefined = 77;
  /** answers for the cells to come */
  finds: (cell: WrittenCell) => Promise<readonly CellDiagnostic[]> = async () => [];
  answer: () => Promise<undefined> = async () => undefined;

  isWarm = true;

  async warmUp(): Promise<void> {
    this.told.push("warm up");
  }
  sleep(): void {
    this.told.push("sleep");
  }
  addCell(cell: WrittenCell): Promise<readonly CellDiagnostic[]> {
    this.told.push(`add ${cell.count} ${cell.code}`);
    return this.finds(cell);
  }
  rememberCell({ count, code }: WrittenCell): void {
    this.told.push(`remember ${count} ${code}`);
  }
  dropCell(count: number): void {
    this.told.push(`drop ${count}`);
  }
  complete(): Promise<undefined> {
    return this.answer();
  }
  inspect(): Promise<undefined> {
    return this.answer();
  }
  close(): void {
    this.told.push("close");
  }
}

/** Something wrong with the first three letters of a cell. */
export function finding(message: string, severity: CellDiagnostic["severity"] = "error"): CellDiagnostic {
  return { severity, code: 2322, message, start: { line: 1, column: 1 }, end: { line: 1, column: 4 } };
}
