/**
 * The globals every worker thread has: JavaScript's own and Node's.
 * @module
 */
import vm from "node:vm";
import { isObject } from "../../kinds.js";

const NODE_GLOBALS = `AbortController AbortSignal Blob BroadcastChannel Buffer ByteLengthQueuingStrategy CloseEvent
  CompressionStream CountQueuingStrategy Crypto CryptoKey CustomEvent DOMException DecompressionStream Event EventSource
  EventTarget File FormData Headers MessageChannel MessageEvent MessagePort Navigator Performance PerformanceEntry
  PerformanceMark PerformanceMeasure PerformanceObserver PerformanceObserverEntryList PerformanceResourceTiming
  ReadableByteStreamController ReadableStream ReadableStreamBYOBReader ReadableStreamBYOBRequest
  ReadableStreamDefaultController ReadableStreamDefaultReader Request Response SubtleCrypto TextDecoder
  TextDecoderStream TextEncoder TextEncoderStream TransformStream TransformStreamDefaultController URL URLSearchParams
  WebAssembly WebSocket WritableStream WritableStreamDefaultController WritableStreamDefaultWriter atob btoa
  clearImmediate clearInterval clearTimeout console crypto fetch global globalThis navigator performance process
  queueMicrotask setImmediate setInterval setTimeout structuredClone`;

let names: ReadonlySet<string> | undefined;

/** True if a worker knows `name` without help. */
export function isWorkerGlobal(name: string): boolean {
  // A fresh context has exactly JavaScript's globals; this thread's own may hold what cells bound.
  names ??= new Set([
    ...(vm.runInNewContext("Object.getOwnPropertyNames(globalThis)") as string[]),
    ...NODE_GLOBALS.split(/\s+/).filter((name) => name in globalThis),
  ]);
  return names.has(name);
}

let paths: WeakMap<object, string> | undefined;

/**
 * The name of a global value, found by identity: an alias of `Math` is "Math", a loose `Math.max` is
 * "Math.max".
 */
export function globalPath(value: object): string | undefined {
  paths ??= collectPaths();
  return paths.get(value);
}

function collectPaths(): WeakMap<object, string> {
  const found = new WeakMap<object, string>();
  const add = (value: unknown, path: string): void => {
    if (isObject(value) && !found.has(value)) found.set(value, path);
  };
  // Under jest this module lives in another realm than code of vm.Script; in a kernel both are one.
  const realms: object[] = [globalThis, vm.runInThisContext("globalThis")];
  const holders: [object, string][] = [];
  for (const realm of realms) {
    add(realm, "globalThis");
    for (const [name, value] of dataProperties(realm)) {
      if (!isWorkerGlobal(name)) continue;
      add(value, name);
      if (found.get(value) === name) holders.push([value, name]);
    }
  }
  // Members after all globals, so that a value with a short name gets it.
  for (const [holder, name] of holders) {
    if (name === "globalThis" || name === "global") continue;
    for (const [key, value] of dataProperties(holder)) add(value, `${name}.${key}`);
    const { prototype } = holder as { prototype?: unknown };
    if (!isObject(prototype)) continue;
    for (const [key, value] of dataProperties(prototype)) add(value, `${name}.prototype.${key}`);
  }
  return found;
}

/** Own properties that hold an object or function; getters are not called, Node loads parts of itself in them. */
function dataProperties(holder: object): [string, object][] {
  const properties: [string, object][] = [];
  for (const name of Object.getOwnPropertyNames(holder)) {
    const value: unknown = Object.getOwnPropertyDescriptor(holder, name)?.value;
    if (isObject(value)) properties.push([name, value]);
  }
  return properties;
}
