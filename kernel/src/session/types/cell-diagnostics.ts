import { positionIn } from "../code/code-points.js";
import type { CellFile } from "./cell-program.js";
import type { NameKind } from "./cell-shape.js";
import type { NativeDiagnostic } from "./native/native-server.js";
import type { CellDiagnostic } from "./type-checker.js";

/** Nobody reads more, and a cell of broken text has thousands. */
const MAX_SHOWN = 20;
/** TypeScript indents the reasons of a reason; the deepest say the most, but not in a notebook. */
const MAX_DEPTH = 4;

/** "used before its declaration", and "before being assigned" */
const TOO_EARLY = new Set([2448, 2449, 2450, 2454]);
/** "not assignable", "not assignable to parameter", "property does not exist" */
const OF_NEVER = new Set([2322, 2345, 2339]);
/** A name of an earlier cell is an alias to the checker, so each assignment to it has this code. */
const ASSIGNS_TO_IMPORT = 2632;
const assigned: Partial<Record<NameKind, { readonly code: number; readonly what: string }>> = {
  constant: { code: 2588, what: "it is a constant" },
  function: { code: 2630, what: "it is a function" },
  class: { code: 2629, what: "it is a class" },
  enum: { code: 2628, what: "it is an enum" },
};

/** What the checker found in the user's own text, without what is no fault in a notebook. */
export function cellDiagnostics(
  found: readonly NativeDiagnostic[],
  file: CellFile,
  countOf: (path: string) => number | undefined,
): readonly CellDiagnostic[] {
  const inText = found.filter((one) => one.start >= file.offset && one.start <= file.offset + file.code.length);
  return inText
    .filter((one) => isFault(one, file))
    .slice(0, MAX_SHOWN)
    .map((one) => cellDiagnostic(one, file, countOf));
}

function isFault(found: NativeDiagnostic, file: CellFile): boolean {
  // 7005 to 7057: something is implicitly `any`.
  if (found.code >= 7000 && found.code < 7100) return false;
  // Of a variable that an earlier cell declared too the old value is read: `const rows = rows.filter(…)`.
  if (TOO_EARLY.has(found.code) && file.redeclared.has(textOf(found, file))) return false;
  // The empty list in `{ rows: [] }` is `never[]` to TypeScript, whatever is pushed later.
  if (OF_NEVER.has(found.code) && /type 'never(\[\])?'/.test(flatText(found)) && !/\bnever\b/.test(file.code))
    return false;
  return true;
}

function cellDiagnostic(
  found: NativeDiagnostic,
  file: CellFile,
  countOf: (path: string) => number | undefined,
): CellDiagnostic {
  const kind = found.code === ASSIGNS_TO_IMPORT ? file.earlier.get(textOf(found, file)) : undefined;
  const rule = kind && assigned[kind];
  const text = rule ? found.text.replace(/because .*$/, `because ${rule.what}.`) : flatText(found);
  const related = found.related.filter(({ fileName }) => fileName === undefined || countOf(fileName) !== undefined);
  const end = Math.min(Math.max(found.end - file.offset, 0), file.code.length);
  return {
    severity: found.severity,
    code: rule?.code ?? found.code,
    message: readable([text, ...related.slice(0, 1).map(flatText)].join("\n"), countOf),
    start: positionIn(file.code, found.start - file.offset),
    end: positionIn(file.code, end),
  };
}

function textOf({ start, end }: NativeDiagnostic, { code, offset }: CellFile): string {
  return code.slice(start - offset, end - offset);
}

/** The message, and below it, indented, the reasons. */
function flatText(found: NativeDiagnostic): string {
  const lines = (one: NativeDiagnostic, depth: number): readonly string[] => [
    `${"  ".repeat(depth)}${one.text}`,
    ...(depth < MAX_DEPTH ? one.chain.flatMap((reason) => lines(reason, depth + 1)) : []),
  ];
  return lines(found, 0).join("\n");
}

/** Without the names that only the program of cells knows. */
function readable(text: string, countOf: (path: string) => number | undefined): string {
  return text
    .replace(/import\("([^"]*)"\)/g, (whole, path) => {
      const count = countOf(`${path}.ts`) ?? countOf(path);
      return count === undefined ? whole : `import("cell-${count}")`;
    })
    .replace(/(?:global\.)?\$cell_\d+\.(?:\$let_)?/g, "");
}
