/**
 * Names of the language, as patterns.
 * @module
 */

/** What may stand after a dot, and is a variable. */
export const identifier = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;
/** What goes on of a name behind the cursor. */
export const restOfName = /^[\p{ID_Continue}$\u200c\u200d]*/u;
/** What goes on of a string behind the cursor, if it ends in this line. */
export const restOfText = /^[^"'`\n]*(?=["'`])|^/;
