/**
 * A test for texts by a glob pattern over the whole text: `*` any characters, `?` one, `[abc]` or `[^a-z]` one of
 * a set. A backslash has no meaning; case counts.
 * @see https://www.sqlite.org/lang_expr.html#glob, by which ipykernel searches its history
 * @example globTest("*add(*")("const sum = add(1, 2)") // true
 */
export function globTest(pattern: string): (text: string) => boolean {
  const parts = partsOf(pattern);
  return (text) => matches(Array.from(text), parts);
}

/** `*`, or what one character must be. */
type Part = "*" | ((character: string) => boolean);

/** Not a regular expression: a pattern such as `*a*a*a*a*` of a client must not take exponential time. */
function matches(text: readonly string[], parts: readonly Part[]): boolean {
  let [at, part] = [0, 0];
  let [retryAt, retryPart] = [0, -1];
  while (at < text.length) {
    const wanted = parts[part];
    if (wanted === "*") {
      part += 1;
      [retryAt, retryPart] = [at, part];
    } else if (wanted?.(text[at])) {
      at += 1;
      part += 1;
    } else if (retryPart >= 0) {
      // The last star takes one character more.
      retryAt += 1;
      [at, part] = [retryAt, retryPart];
    } else {
      return false;
    }
  }
  return parts.slice(part).every((rest) => rest === "*");
}

function partsOf(pattern: string): Part[] {
  const characters = Array.from(pattern);
  const parts: Part[] = [];
  for (let i = 0; i < characters.length; i++) {
    const character = characters[i];
    if (character === "*") {
      parts.push("*");
    } else if (character === "?") {
      parts.push(() => true);
    } else if (character === "[") {
      // A bracket right after the opening one belongs to the set.
      const first = characters[i + 1] === "^" ? i + 2 : i + 1;
      const end = characters.indexOf("]", first + 1);
      parts.push(end < 0 ? () => false : setOf(characters.slice(first, end), first === i + 2));
      i = end < 0 ? characters.length : end;
    } else {
      parts.push((one) => one === character);
    }
  }
  return parts;
}

function setOf(members: readonly string[], isNegated: boolean): (character: string) => boolean {
  const ranges: (readonly [from: number, to: number])[] = [];
  for (let i = 0; i < members.length; i++) {
    const from = pointOf(members[i]);
    ranges.push([from, from]);
    // A bracket that stands first begins no range.
    if (members[i + 1] !== "-" || i + 2 >= members.length || (i === 0 && members[0] === "]")) continue;
    ranges.push([from, pointOf(members[i + 2])]);
    i += 2;
  }
  return (character) => {
    const point = pointOf(character);
    return ranges.some(([from, to]) => from <= point && point <= to) !== isNegated;
  };
}

/** Code points are compared, not texts: those compare by UTF-16 units, in which an emoji stands before "￰". */
function pointOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}
