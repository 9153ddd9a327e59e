/**
 * This thread's inspector session and the way to hand objects between JavaScript and it.
 * @module
 */
import inspector from "node:inspector";
import vm from "node:vm";

type Parameters = Readonly<Record<string, unknown>>;

/** A property as the inspector describes it: primitive values as they are, objects by an id. */
export interface PropertyDescription {
  readonly name: string;
  readonly value?: { readonly objectId?: string; readonly value?: unknown };
}

interface Methods {
  readonly "Runtime.evaluate": { result: { objectId?: string } };
  readonly "Runtime.callFunctionOn": { result: { objectId?: string } };
  readonly "Runtime.getProperties": { internalProperties?: readonly PropertyDescription[] };
  readonly "Runtime.releaseObjectGroup": object;
  readonly "Debugger.enable": object;
  readonly "Debugger.disable": object;
  readonly "Debugger.setSkipAllPauses": object;
  readonly "Debugger.getScriptSource": { scriptSource: string };
}

/** Where an object lies while it goes from JavaScript to the inspector or back. */
interface Tray {
  value: unknown;
}

// Only for the moment in which the inspector takes the tray from there; a symbol is no name among the user's.
const traySymbol = Symbol.for("dagbook.inspector.tray");
const TRAY_EXPRESSION = `globalThis[Symbol.for("dagbook.inspector.tray")]`;
const GROUP = "dagbook";

/** Calls into V8's inspector, all synchronous. */
class InspectorSession {
  readonly #session = new inspector.Session();
  readonly #tray: Tray = { value: undefined };
  readonly #trayId: string;

  /** @throws an Error if Node was built without the inspector or forbids it */
  constructor() {
    this.#session.connect();
    // Under jest this module lives in another realm than the one in which the inspector evaluates.
    const realm: object = vm.runInThisContext("globalThis");
    Object.defineProperty(realm, traySymbol, { value: this.#tray, configurable: true });
    const { result } = this.post("Runtime.evaluate", { expression: TRAY_EXPRESSION, objectGroup: "dagbook-tray" });
    Reflect.deleteProperty(realm, traySymbol);
    if (result.objectId === undefined) throw new Error("the inspector of this thread cannot see its objects");
    this.#trayId = result.objectId;
  }

  /** Sends a command and returns its answer. */
  post<M extends keyof Methods>(method: M, parameters: Parameters = {}): Methods[M] {
    let answer: object | undefined;
    let failure: Error | null = null;
    this.#session.post(method, { ...parameters }, (error, result) => {
      failure = error;
      answer = result;
    });
    if (failure !== null) throw failure;
    return answer as Methods[M];
  }

  /** Calls `listener` with the parameters of each event of that name. */
  on(event: "Debugger.scriptParsed", listener: (script: { scriptId: string; url: string }) => void): void {
    this.#session.on(event, ({ params }) => listener(params));
  }

  /** The inspector's id of an object of this thread, until `releaseAll`. */
  idOf(value: object): string {
    this.#tray.value = value;
    const { result } = this.post("Runtime.callFunctionOn", {
      objectId: this.#trayId,
      functionDeclaration: "function () { return this.value; }",
      objectGroup: GROUP,
    });
    this.#tray.value = undefined;
    return result.objectId!;
  }

  /** The object behind an id of the inspector, identity intact. */
  objectOf(objectId: string): unknown {
    this.post("Runtime.callFunctionOn", {
      objectId,
      functionDeclaration: "function (tray) { tray.value = this; }",
      arguments: [{ objectId: this.#trayId }],
    });
    const { value } = this.#tray;
    this.#tray.value = undefined;
    return value;
  }

  internalProperties(objectId: string): readonly PropertyDescription[] {
    return this.post("Runtime.getProperties", { objectId, ownProperties: true }).internalProperties ?? [];
  }

  releaseAll(): void {
    this.post("Runtime.releaseObjectGroup", { objectGroup: GROUP });
  }
}

let opened: InspectorSession | undefined;

/** The session of this thread, opened at the first call. */
export function inspectorSession(): InspectorSession {
  opened ??= new InspectorSession();
  return opened;
}
