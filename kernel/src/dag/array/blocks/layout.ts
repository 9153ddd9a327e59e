/**
 * How several arrays of one shape are walked together.
 * @module
 */

/** A shape, and how each of several arrays steps through it. */
export interface Layout {
  readonly shape: readonly number[];
  /** per array: elements between neighbours along each axis of `shape` */
  readonly strides: readonly (readonly number[])[];
}

/**
 * The same walk with as few axes as possible: axes of size 1 go, and neighbours become one axis where
 * every array steps through both as through one.
 * @example collapse({ shape: [2, 3], strides: [[3, 1]] }) // { shape: [6], strides: [[1]] }
 */
export function collapse({ shape, strides }: Layout): Layout {
  const sizes: number[] = [];
  const steps = strides.map((): number[] => []);
  for (const [axis, size] of shape.entries()) {
    if (size === 1) continue;
    const last = sizes.length - 1;
    const joins = last >= 0 && strides.every((own, array) => steps[array][last] === own[axis] * size);
    if (joins) sizes[last] *= size;
    else sizes.push(size);
    const at = sizes.length - 1;
    for (const [array, own] of strides.entries()) steps[array][at] = own[axis];
  }
  return { shape: sizes, strides: steps };
}

/** Calls `visit` with the position in each array (in elements) of every index of `layout`, in C order. */
export function walk({ shape, strides }: Layout, visit: (positions: readonly number[]) => void): void {
  if (shape.includes(0)) return;
  const index = new Array<number>(shape.length).fill(0);
  const positions = strides.map(() => 0);
  for (;;) {
    visit(positions);
    let axis = shape.length - 1;
    for (; axis >= 0; axis--) {
      index[axis]++;
      for (const [array, own] of strides.entries()) positions[array] += own[axis];
      if (index[axis] < shape[axis]) break;
      for (const [array, own] of strides.entries()) positions[array] -= own[axis] * shape[axis];
      index[axis] = 0;
    }
    if (axis < 0) return;
  }
}
