/** What completion asks the session. */
export interface CompletionSource {
  /** global names that cells have bound */
  names(): readonly string[];
  /** the namespace of a module that a cell has imported */
  loadedModule(specifier: string): object | undefined;
}
