import type { ClosureNode, ValueRef } from "./shipped.js";

/** Everything a node refers to. */
export function refsOf(node: ClosureNode): readonly ValueRef[] {
  switch (node.kind) {
    case "function":
      return [...Object.values(node.captured), ...Object.values(node.properties)];
    case "bound":
      return [node.target, node.self, ...node.args];
    case "array":
    case "set":
      return node.items;
    case "map":
      return node.entries.flat();
    case "object":
      return Object.values(node.entries);
    case "instance":
      return [node.constructor, ...Object.values(node.entries)];
    case "alias":
      return [node.to];
    case "data":
    case "buffer":
    case "url":
      return [];
  }
}
