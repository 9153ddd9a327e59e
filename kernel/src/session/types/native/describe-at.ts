import type { Symbol as NativeSymbol, Project, Type } from "@typescript/native/unstable/async";
import { signaturesOf } from "./signatures-of.js";

/** A place in a file of the program, in UTF-16 units. */
export interface Place {
  readonly path: string;
  readonly position: number;
}

/** Where a name was declared. */
export interface Origin extends Place {
  readonly name: string;
}

/** What a symbol is. */
export type DescribedKind =
  | "function"
  | "method"
  | "class"
  | "interface"
  | "type"
  | "enum"
  | "enum member"
  | "property"
  | "module"
  | "type parameter"
  | "variable";

/** A tag of a documentation comment, without the @. */
export interface DocumentationTag {
  readonly name: string;
  readonly text: string;
}

/** What is known of a name in code. */
export interface NativeDescription {
  readonly name: string;
  /** the class, interface or enum it belongs to */
  readonly owner: string | undefined;
  readonly kind: DescribedKind;
  /** as narrowed at the place */
  readonly type: string;
  readonly calls: readonly string[];
  readonly constructs: readonly string[];
  /** Markdown */
  readonly documentation: string;
  readonly tags: readonly DocumentationTag[];
}

/** Bits of `SymbolFlags`. */
const ALIAS = 2_097_152;
const CLASS = 32;
const INTERFACE = 64;
const ENUM = 384;
const FUNCTION = 16;
/** A value may be an interface too (`Promise`), a class is both: the first that fits counts. */
const kindsOfFlags: readonly (readonly [number, DescribedKind])[] = [
  [FUNCTION, "function"],
  [CLASS, "class"],
  [ENUM, "enum"],
  [8, "enum member"],
  [8192, "method"],
  [4 | 98_304, "property"],
  [3, "variable"],
  [INTERFACE, "interface"],
  [524_288, "type"],
  [1536, "module"],
  [262_144, "type parameter"],
];
/** A type alias is written out: its name is known. Of `NodeBuilderFlags`. */
const IN_TYPE_ALIAS = 8_388_608;

/** What the name at a place is; nothing where there is none. */
export async function describeAt(
  project: Project,
  { path, position }: Place,
  origin: Origin | undefined,
): Promise<NativeDescription | undefined> {
  const { checker } = project;
  const found = await checker.getSymbolAtPosition(path, position);
  const symbol = found && found.flags & ALIAS ? await checker.getAliasedSymbol(found) : found;
  if (!symbol || (await checker.isUnknownSymbol(symbol))) return undefined;
  const kind = kindsOfFlags.find(([flags]) => symbol.flags & flags)?.[1];
  // The file is a symbol too, where nothing else is.
  if (kind === undefined || (kind === "module" && found === symbol && /^".*\.dagbook-/.test(symbol.name)))
    return undefined;
  return description(project, { symbol, kind, name: found!.name, place: { path, position } }, origin);
}

interface Described {
  readonly symbol: NativeSymbol;
  readonly kind: DescribedKind;
  readonly name: string;
  readonly place: Place;
}

async function description(
  project: Project,
  { symbol, kind, name, place }: Described,
  origin: Origin | undefined,
): Promise<NativeDescription> {
  const { checker } = project;
  const isType = kind === "interface" || kind === "type" || kind === "type parameter";
  const type = isType
    ? await checker.getDeclaredTypeOfSymbol(symbol)
    : ((await checker.getTypeAtPosition(place.path, place.position)) ?? (await checker.getTypeOfSymbol(symbol)));
  const aliased = kind === "variable" ? await functionBehind(name, type) : undefined;
  return {
    name,
    owner: await ownerOf(symbol),
    kind: aliased ? "function" : kind,
    type: type ? await checker.typeToString(type, undefined, kind === "type" ? IN_TYPE_ALIAS : undefined) : "",
    calls: type && !isType ? await signaturesOf(project, type, "call") : [],
    constructs: type && !isType ? await signaturesOf(project, type, "construct") : [],
    ...(await documentationOf(project, [symbol, await originalOf(project, origin), aliased, await type?.getSymbol()])),
  };
}

/** What every cell has without an import is `const compute: typeof library.compute`. */
async function functionBehind(name: string, type: Type | undefined): Promise<NativeSymbol | undefined> {
  const symbol = await type?.getSymbol();
  return symbol && symbol.name === name && symbol.flags & FUNCTION ? symbol : undefined;
}

async function originalOf({ checker }: Project, origin: Origin | undefined): Promise<NativeSymbol | undefined> {
  return origin && checker.resolveName(origin.name, 3, { document: origin.path, position: origin.position });
}

async function ownerOf(symbol: NativeSymbol): Promise<string | undefined> {
  const parent = await symbol.getParent();
  return parent && parent.flags & (CLASS | INTERFACE | ENUM) ? parent.name : undefined;
}

/** Of the first that has some. */
async function documentationOf(
  { checker }: Project,
  symbols: readonly (NativeSymbol | undefined)[],
): Promise<{ readonly documentation: string; readonly tags: readonly DocumentationTag[] }> {
  for (const symbol of symbols) {
    if (!symbol) continue;
    const documentation = await checker.getDocumentationCommentOfSymbol(symbol);
    const tags = await checker.getJsDocTagsOfSymbol(symbol);
    if (documentation !== "" || tags.length > 0) {
      return { documentation, tags: tags.map(({ name, text }) => ({ name, text: text ?? "" })) };
    }
  }
  return { documentation: "", tags: [] };
}
