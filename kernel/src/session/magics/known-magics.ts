/** The commands that a cell may give to the kernel, with one line of help each. */
export const knownMagics: ReadonlyMap<string, string> = new Map([
  ["cd", "%cd FOLDER: goes to a folder: files and imports are looked up from there; without one to the home folder"],
  ["env", "%env: lists the environment; %env NAME: shows a variable; %env NAME=value: sets it, for workers too"],
  ["help", "%help: this list; value? and value?? show help on a value"],
  ["lsmagic", "%lsmagic: this list"],
  ["pwd", "%pwd: shows the folder where files and imports are looked up"],
  ["time", "%time EXPRESSION: runs it once, says how long it took, gives its value"],
  ["timeit", "%timeit EXPRESSION: runs it many times, says how long one run takes"],
  ["types", "%types off, warn or strict: what the type checker does with cells; without a word: what it does now"],
  ["who", "%who: lists the names that cells have bound"],
]);

/** What to write in place of a magic of another kernel. */
const substitutes: ReadonlyMap<string, string> = new Map([
  ["bash", "begin each line with ! instead"],
  ["sh", "begin each line with ! instead"],
  ["script", "begin each line with ! instead"],
  ["html", "write display.html(`…`)"],
  ["markdown", "write display.markdown(`…`)"],
  ["latex", "write display.latex(`…`)"],
  ["svg", "write display.svg(`…`)"],
  ["javascript", "write display.javascript(`…`)"],
  ["js", "write display.javascript(`…`)"],
  ["writefile", 'write fs.writeFileSync("name", `…`), with import fs from "node:fs"'],
  ["time", "put %time in front of one expression"],
  ["timeit", "put %timeit in front of one expression"],
  ["capture", "put the output into a variable: a function of the cell can return it"],
  ["autoreload", "nothing is to be done: importing a changed file again loads it anew"],
  ["load_ext", "import a package instead"],
  ["matplotlib", "nothing is to be done: display.vegalite and display.svg show charts"],
  ["pip", "write !npm install NAME"],
  ["conda", "write !npm install NAME"],
  ["npm", "write !npm install NAME"],
  ["run", 'write await import("./file.ts")'],
  ["whos", "write %who"],
  ["magic", "write %lsmagic"],
  ["reset", "restart the kernel"],
  ["ls", "write !ls"],
]);

/** What to write in place of a magic that this kernel lacks; nothing if that is not known. */
export function substituteFor(name: string): string | undefined {
  return substitutes.get(name);
}
