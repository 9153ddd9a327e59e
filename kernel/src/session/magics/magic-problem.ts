import { nearestName } from "../../nearest-name.js";
import { positionIn } from "../code/code-points.js";
import type { SyntaxProblem } from "../transform/syntax-problem.js";
import type { Magic } from "./find-magics.js";
import { knownMagics, substituteFor } from "./known-magics.js";

/** What is wrong with the first magic that this kernel does not have; nothing if it has them all. */
export function magicProblem(cell: string, magics: readonly Magic[]): SyntaxProblem | undefined {
  for (const magic of magics) {
    const message = messageFor(magic);
    if (message !== undefined) return { message, ...positionIn(cell, magic.start) };
  }
  return undefined;
}

function messageFor(magic: Magic): string | undefined {
  switch (magic.kind) {
    case "cell": {
      const substitute = substituteFor(magic.name) ?? "write each command as a line of its own, see %lsmagic";
      return `There is no %%${magic.name} here: ${substitute}`;
    }
    case "command": {
      if (knownMagics.has(magic.name)) return undefined;
      const nearest = nearestName(magic.name, [...knownMagics.keys()]);
      const meant = nearest === undefined ? "%lsmagic lists what there is" : `did you mean %${nearest}?`;
      return `There is no %${magic.name} here: ${substituteFor(magic.name) ?? meant}`;
    }
    case "timing":
      return magic.text === "" ? `%${magic.name} needs an expression: %${magic.name} rows.sort()` : undefined;
    default:
      return undefined;
  }
}
