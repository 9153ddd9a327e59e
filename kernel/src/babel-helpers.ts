/**
 * The functions that compiled cells call for syntax Node 20 lacks. oxc-transform fixes their names and
 * arguments: see `@oxc-project/runtime`, helpers `usingCtx` and `decorate`.
 * @module
 */

type Dispose = () => unknown;
type Decorator = (target: unknown, key?: PropertyKey, descriptor?: PropertyDescriptor) => unknown;

/** `using` and `await using`: collects what to dispose at the end of a block. */
class UsingContext {
  /** error thrown by the block, set by the compiled code */
  set e(error: unknown) {
    this.#errors.push(error);
  }
  readonly #errors: unknown[] = [];
  readonly #disposals: { readonly dispose: Dispose; readonly isAsync: boolean }[] = [];

  u<T>(resource: T): T {
    return this.#add(resource, false);
  }

  a<T>(resource: T): T {
    return this.#add(resource, true);
  }

  /** Disposes in reverse order; throws what the block or a disposal threw. */
  d(): unknown {
    while (this.#disposals.length > 0) {
      const { dispose, isAsync } = this.#disposals.pop()!;
      try {
        const disposed = dispose();
        if (isAsync) {
          return Promise.resolve(disposed).then(
            () => this.d(),
            (error) => {
              this.#errors.push(error);
              return this.d();
            },
          );
        }
      } catch (error) {
        this.#errors.push(error);
      }
    }
    if (this.#errors.length > 0) throw this.#errors.reduce((suppressed, error) => suppressedError(error, suppressed));
    return undefined;
  }

  #add<T>(resource: T, isAsync: boolean): T {
    if (resource === null || resource === undefined) return resource;
    const dispose = disposeOf(resource, isAsync);
    if (typeof dispose !== "function") {
      throw new TypeError(`a value of \`using\` needs a method [Symbol.${isAsync ? "asyncDispose" : "dispose"}]`);
    }
    this.#disposals.push({ dispose: () => Reflect.apply(dispose, resource, []), isAsync });
    return resource;
  }
}

function disposeOf(resource: unknown, isAsync: boolean): unknown {
  const methods = Object(resource);
  return (isAsync ? methods[Symbol.asyncDispose] : undefined) ?? methods[Symbol.dispose];
}

function suppressedError(error: unknown, suppressed: unknown): Error {
  return Object.assign(new Error("an error was suppressed during disposal"), {
    name: "SuppressedError",
    error,
    suppressed,
  });
}

/** Applies decorators as `experimentalDecorators` of TypeScript does (its helper `__decorate`). */
function decorate(
  decorators: readonly Decorator[],
  target: object,
  key?: PropertyKey,
  given?: PropertyDescriptor | null,
): unknown {
  if (key === undefined) {
    return decorators.reduceRight<unknown>((current, decorator) => decorator(current) ?? current, target);
  }
  const descriptor = given === null ? Object.getOwnPropertyDescriptor(target, key) : given;
  const result = decorators.reduceRight<unknown>(
    (current, decorator) => decorator(target, key, descriptor) ?? current,
    descriptor,
  );
  if (result && typeof result === "object") Object.defineProperty(target, key, result);
  return result;
}

/** A decorator of a parameter as a decorator of its method. */
function decorateParam(index: number, decorator: (target: unknown, key: unknown, index: number) => void): Decorator {
  return (target, key) => decorator(target, key, index);
}

/** Bound under this name in every cell. */
export const babelHelpers = { usingCtx: () => new UsingContext(), decorate, decorateParam };
