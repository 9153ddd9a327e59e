import { inspect, types } from "node:util";

/** A property of anything that was thrown or shown; nothing if reading it throws. */
export function safeRead(value: unknown, key: PropertyKey): unknown {
  try {
    return value === null || value === undefined ? undefined : Object(value)[key];
  } catch {
    return undefined;
  }
}

/** A property if it is a string, else nothing. */
export function safeText(value: unknown, key: PropertyKey): string | undefined {
  const found = safeRead(value, key);
  return typeof found === "string" ? found : undefined;
}

/** `node:util` inspect for values that may fight back: never throws. */
export function safeInspect(value: unknown, options: Parameters<typeof inspect>[1] = {}): string {
  try {
    return inspect(value, options);
  } catch {
    try {
      return inspect(value, { ...options, customInspect: false });
    } catch {
      return types.isProxy(value) ? "[Proxy]" : `[${typeof value} that cannot be shown]`;
    }
  }
}

/** True for errors, also of another realm and for DOMException, which is no native error. */
export function isErrorLike(value: unknown): boolean {
  if (types.isNativeError(value)) return true;
  return (
    typeof value === "object" && safeText(value, "message") !== undefined && safeText(value, "stack") !== undefined
  );
}
