import type { GroupBundle } from "../messages.js";

/**
 * Columns of a left-to-right drawing: every group stands right of all it needs.
 * @returns group indices by column, each column ordered by where its inputs stand
 */
export function layers(groups: readonly GroupBundle[]): number[][] {
  const depth = depths(groups);
  const columns: number[][] = Array.from({ length: Math.max(-1, ...depth) + 1 }, () => []);
  for (const [group, column] of depth.entries()) columns[column].push(group);
  const row = new Float64Array(groups.length);
  for (const column of columns) {
    const wanted = new Map(column.map((group) => [group, meanRow(groups[group], row)]));
    column.sort((a, b) => (wanted.get(a) ?? 0) - (wanted.get(b) ?? 0) || a - b);
    column.forEach((group, nth) => {
      row[group] = (nth + 0.5) / column.length;
    });
  }
  return columns;
}

/** Longest way from a group without dependencies. Groups may need each other (their tasks do not): such edges are left out. */
function depths(groups: readonly GroupBundle[]): number[] {
  const depth: number[] = new Array(groups.length).fill(-1);
  const open = new Set<number>();
  const visit = (group: number): number => {
    if (depth[group] >= 0) return depth[group];
    open.add(group);
    let most = -1;
    for (const [other] of groups[group].dependencies) if (!open.has(other)) most = Math.max(most, visit(other));
    open.delete(group);
    depth[group] = most + 1;
    return depth[group];
  };
  for (const group of groups.keys()) visit(group);
  return depth;
}

function meanRow({ dependencies }: GroupBundle, row: Float64Array): number {
  if (dependencies.length === 0) return 0.5;
  return dependencies.reduce((sum, [other]) => sum + row[other], 0) / dependencies.length;
}
