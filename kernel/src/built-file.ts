/**
 * The URL of a built file beside this one. Worker threads run built JavaScript only, so a caller that
 * runs from `src/` (the tests) gets the file of `dist/`.
 * @param from `import.meta.url` of the caller
 * @param path relative path with `.js`
 */
export function builtFile(from: string, path: string): URL {
  return new URL(path, from.replace("/kernel/src/", "/kernel/dist/"));
}
