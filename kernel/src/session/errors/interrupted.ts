import type { CellOutcome } from "../session.js";
import { red } from "./ansi.js";

/** What Stop leaves of a cell; the name is the one ipykernel uses. */
export const interrupted = {
  status: "error",
  ename: "KeyboardInterrupt",
  evalue: "",
  traceback: [red("KeyboardInterrupt")],
} as const satisfies CellOutcome;
