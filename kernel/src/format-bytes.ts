const UNITS = ["KiB", "MiB", "GiB", "TiB"] as const;

/**
 * A size for people, in three digits.
 * @example formatBytes(1_975_684_956) // "1.84 GiB"
 */
export function formatBytes(bytes: number): string {
  if (bytes < 1_024) return `${bytes} B`;
  let value = bytes;
  let unit: string = "B";
  for (const next of UNITS) {
    if (value < 1_000) break;
    value /= 1_024;
    unit = next;
  }
  return `${value < 10 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}
