/** A function that tests import the way a script imports its own files. */
export function twice(x) {
  return 2 * x;
}
