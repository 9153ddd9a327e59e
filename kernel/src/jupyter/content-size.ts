/** What a number or the like takes, in characters. */
const OF_VALUE = 8;

/** About how much memory plain data takes, in characters: its texts and bytes count. */
export function contentSize(value: unknown): number {
  if (typeof value === "string") return value.length;
  if (typeof value !== "object" || value === null) return OF_VALUE;
  if (ArrayBuffer.isView(value)) return value.byteLength;
  let size = OF_VALUE;
  for (const item of Object.values(value)) size += contentSize(item);
  return size;
}
