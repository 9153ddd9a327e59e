import { CELL_RUNTIME } from "../transform/cell-edit.js";
import type { Magic } from "./find-magics.js";
import { type ShellPart, shellParts } from "./shell-parts.js";

/** The statement that does what a magic says: one line of TypeScript, a block, so that it may stand after `if (…)`. */
export function magicCall(magic: Magic): string {
  switch (magic.kind) {
    case "shell":
      return `{await ${CELL_RUNTIME}.shell([${shellParts(magic.text).map(partText).join(",")}])}`;
    case "help":
      return `{${CELL_RUNTIME}.help(${JSON.stringify(magic.text)},${magic.detail})}`;
    case "timing": {
      const isAsync = /\bawait\b/.test(magic.text) ? "async" : "";
      return `{await ${CELL_RUNTIME}.${magic.name}(${isAsync}()=>(${magic.text}))}`;
    }
    case "command":
      return `{${CELL_RUNTIME}.magic(${JSON.stringify(magic.name)},${JSON.stringify(magic.text)})}`;
    case "cell":
      return "";
  }
}

function partText(part: ShellPart): string {
  if (typeof part === "string") return JSON.stringify(part);
  return `{text:${JSON.stringify(`{${part.expression}}`)},value:()=>(${part.expression})}`;
}
