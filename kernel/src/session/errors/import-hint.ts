import { safeText } from "./safe-read.js";

/** What to do about an import that Node refused; nothing for other errors. */
export function importHint(thrown: unknown): string | undefined {
  const message = safeText(thrown, "message") ?? "";
  switch (safeText(thrown, "code")) {
    case "ERR_MODULE_NOT_FOUND": {
      const name = /^Cannot find package '([^']+)'/.exec(message)?.[1];
      return name && `Install it in the folder of the notebook: npm install ${name}`;
    }
    case "ERR_UNKNOWN_FILE_EXTENSION":
      return /\.[mc]?tsx?"/.test(message)
        ? "The package holds TypeScript, which Node does not run from node_modules: import its built JavaScript"
        : undefined;
    case "ERR_UNSUPPORTED_ESM_URL_SCHEME":
      return "Install the package with npm in the folder of the notebook, or download the file there";
    // Node 20 has the first name, later versions the second.
    case "ERR_IMPORT_ASSERTION_TYPE_MISSING":
    case "ERR_IMPORT_ATTRIBUTE_MISSING":
      return 'Write: import data from "./data.json" with { type: "json" }';
    default:
      return undefined;
  }
}
