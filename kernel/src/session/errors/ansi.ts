/**
 * ANSI colours as ipykernel writes them; front ends translate them to the theme.
 * @module
 */

/** Names of errors, and the place itself. */
export const red = (text: string) => `\u001b[31m${text}\u001b[39m`;
/** Places. */
export const cyan = (text: string) => `\u001b[36m${text}\u001b[39m`;
/** What is beside the point. */
export const dim = (text: string) => `\u001b[2m${text}\u001b[22m`;
