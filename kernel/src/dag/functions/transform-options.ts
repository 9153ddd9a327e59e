import type { HelperMode, TransformOptions } from "oxc-transform";

/** How TypeScript of the user becomes JavaScript, in cells and in the files beside the notebook. Types are not checked. */
export const transformOptions: TransformOptions = {
  sourceType: "module",
  sourcemap: true,
  target: "es2022",
  decorator: { legacy: true },
  // `using` and decorators call functions of `babelHelpers`, see babel-helpers.ts.
  helpers: { mode: "External" as HelperMode },
};
