/**
 * Symbols under which objects keep their side of a protocol. Registered ones: a notebook may load a second
 * copy of this package next to the kernel's.
 * @module
 */

/** A method that returns how the object shows itself in a cell: a MIME bundle (deno's convention). */
export const displaySymbol = Symbol.for("Jupyter.display");

/** A method that returns how Node prints the object. */
export const inspectSymbol = Symbol.for("nodejs.util.inspect.custom");

/** What a lazy object can do: see `CollectionProtocol` in dag/collection.ts. */
export const collectionSymbol = Symbol.for("dagbook.collection");
