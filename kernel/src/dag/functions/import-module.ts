/**
 * Imports in a worker resolve as they would have in the place they were written.
 * @module
 */
import vm from "node:vm";

type Importer = (specifier: string) => Promise<Readonly<Record<string, unknown>>>;

const importers = new Map<string, Importer>();
let isWarned = false;

/**
 * Imports a module.
 * @param from URL or path of the importing file; undefined means the working directory, the notebook's folder
 */
export function importModule(specifier: string, from?: string): Promise<Readonly<Record<string, unknown>>> {
  // A name that is no path resolves from the working directory.
  const place = from ?? "notebook";
  let importer = importers.get(place);
  if (importer === undefined) {
    importer = scriptWithImports("(specifier) => import(specifier)", { filename: place }) as Importer;
    importers.set(place, importer);
  }
  return importer(specifier);
}

/** The value of `code`, in which `import(…)` resolves from the place that `filename` names. */
export function scriptWithImports(code: string, options: vm.ScriptOptions): unknown {
  allowImports();
  const importModuleDynamically = vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER;
  return new vm.Script(code, { ...options, importModuleDynamically }).runInThisContext();
}

/**
 * Makes the first import of a script on this thread, quietly: Node warns once, then, that the loader
 * constant is experimental; a user can do nothing with that.
 */
export function allowImports(): void {
  if (isWarned) return;
  isWarned = true;
  const script = new vm.Script('import("node:process")', {
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    script.runInThisContext();
  } finally {
    process.emitWarning = emitWarning;
  }
}
