/**
 * What to say about an import that leads nowhere: where it was searched, and the cure.
 * @module
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { basename, dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { ImportError } from "../../errors.js";
import { nearestName } from "../../nearest-name.js";

/** Names of a folder or a package that a message lists. */
const MAX_NAMES = 12;
/** Endings that an import may leave out. */
const ENDING = /\.[mc]?[jt]sx?$|\.json$/;

/** A path that names no file: what in that folder is like it. */
export function missingFile(specifier: string, path: string): ImportError {
  const folder = dirname(path);
  const names = filesOf(folder);
  if (names === undefined) {
    return new ImportError(`There is no file '${specifier}': the folder ${folder} does not exist`, { specifier, path });
  }
  if (existsSync(path)) {
    const inside = listed("The folder has", filesOf(path) ?? []);
    return new ImportError(`'${specifier}' is a folder without an index.ts: ${path}. ${inside}`, { specifier, path });
  }
  const wanted = basename(path);
  const near = nearestFile(wanted, names);
  const before = specifier.slice(0, specifier.lastIndexOf("/") + 1);
  const cure = near === undefined ? listed("The folder has", names) : `Did you mean '${before}${near}'?`;
  return new ImportError(`There is no file '${specifier}': searched ${path}. ${cure}`, { specifier, path });
}

/** A package that no folder of modules has. */
export function missingPackage(specifier: string, from: string): ImportError {
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;
  const folder = dirname(fileURLToPath(from));
  const searched = moduleFolders(folder);
  const beside = ENDING.test(specifier) && existsSync(join(folder, specifier));
  const cure = beside
    ? `A file beside the notebook is imported by a path: './${specifier}'`
    : `Install it in the folder of the notebook: cd ${folder} && npm install ${name}`;
  return new ImportError(`Cannot find the package '${name}': searched ${searched.join(", ")}. ${cure}`, {
    specifier,
    searched,
  });
}

/** A package that is there, but not what is wanted of it. */
export function damagedPackage(specifier: string, message: string): ImportError {
  const [why = message] = message.split(" imported from ");
  const [, file] = / in (\S+package\.json)/.exec(why) ?? [];
  const subpaths = file === undefined ? [] : exportsOfPackage(file);
  const cure = subpaths.length > 0 ? listed("It exports", subpaths) : "Install it anew: npm install";
  return new ImportError(`Cannot import '${specifier}': ${why}. ${cure}`, { specifier });
}

function exportsOfPackage(file: string): readonly string[] {
  try {
    const { exports } = JSON.parse(readFileSync(file, "utf8"));
    return typeof exports === "object" && exports !== null ? Object.keys(exports) : [];
  } catch {
    return [];
  }
}

/** A module of Node that this version does not have. */
export function missingBuiltin(specifier: string): ImportError {
  const near = nearestName(specifier.slice("node:".length), builtinModules);
  const cure = near === undefined ? "See https://nodejs.org/api for those there are" : `Did you mean node:${near}?`;
  return new ImportError(`Node ${process.version} has no module '${specifier}'. ${cure}`, { specifier });
}

/** A URL that Node cannot import. */
export function refusedScheme(specifier: string): ImportError {
  const [, scheme, rest = ""] = /^([\w+.-]+):(.*)$/s.exec(specifier) ?? [];
  // Deno writes npm:lodash@4/fp.
  const [, name = rest, version = "", path = ""] = /^\/?((?:@[^/]+\/)?[^/@]+)(@[^/]+)?(\/.*)?$/.exec(rest) ?? [];
  switch (scheme) {
    case "npm":
      return new ImportError(
        `'${specifier}' is an import of Deno. Run: npm install ${name}${version}, and import from '${name}${path}'`,
        { specifier },
      );
    case "jsr":
      return new ImportError(
        `'${specifier}' is an import of Deno. Run: npx jsr add ${name}${version}, and import from '${name}${path}'`,
        { specifier },
      );
    case "http":
    case "https":
      return new ImportError(
        `Nothing is imported from the network: '${specifier}'. Install the package with npm in the folder of the ` +
          "notebook, or download the file there and import it by its path",
        { specifier },
      );
    default:
      return new ImportError(
        `'${specifier}' has a scheme that cannot be imported: expected a path, a package, node: or file:`,
        { specifier },
      );
  }
}

/**
 * An export that a module does not have.
 * @param specifier as the import wrote it
 */
export function missingExport(name: string, specifier: string, exports: readonly string[]): ImportError {
  const others = exports.filter((key) => key !== "module.exports");
  const near = nearestName(name, others);
  const cure = near === undefined ? `${listed("It exports", others)}. A type has no value` : `Did you mean ${near}?`;
  return new ImportError(`'${specifier}' has no export named '${name}'. ${cure}`, { specifier, export: name });
}

/** As Node searches: up from the folder of the importing file. */
function moduleFolders(folder: string): readonly string[] {
  const parent = dirname(folder);
  const own = basename(folder) === "node_modules" ? [] : [join(folder, "node_modules")];
  return parent === folder ? own : [...own, ...moduleFolders(parent)];
}

function filesOf(folder: string): readonly string[] | undefined {
  try {
    return readdirSync(folder).filter((name) => !name.startsWith(".") && name !== "node_modules");
  } catch {
    return undefined;
  }
}

/** The import may have left out the ending. */
function nearestFile(wanted: string, names: readonly string[]): string | undefined {
  const stems = new Map(names.map((name) => [name.replace(ENDING, ""), name]));
  return nearestName(wanted, names) ?? stems.get(nearestName(wanted.replace(ENDING, ""), stems.keys()) ?? "");
}

function listed(what: string, names: readonly string[]): string {
  if (names.length === 0) return `${what} nothing`;
  const rest = names.length > MAX_NAMES ? `, … (${names.length} in all)` : "";
  return `${what}: ${names.slice(0, MAX_NAMES).join(", ")}${rest}`;
}
