import type { BindingPattern } from "oxc-parser";

/**
 * Names a declaration binds, in order of appearance.
 * @example patternNames of `{ a, b: [c = 1, ...d] }` // ["a", "c", "d"]
 */
export function patternNames(pattern: BindingPattern): readonly string[] {
  switch (pattern.type) {
    case "Identifier":
      return [pattern.name];
    case "ObjectPattern":
      return pattern.properties.flatMap((property) =>
        patternNames(property.type === "RestElement" ? property.argument : property.value),
      );
    case "ArrayPattern":
      return pattern.elements.flatMap((element) => {
        if (element === null) return [];
        return patternNames(element.type === "RestElement" ? element.argument : element);
      });
    case "AssignmentPattern":
      return patternNames(pattern.left);
  }
}
