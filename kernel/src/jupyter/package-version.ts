import { readFileSync } from "node:fs";

const url = new URL("../../package.json", import.meta.url);

/** Version of this package, as its package.json says. */
export const packageVersion = (JSON.parse(readFileSync(url, "utf8")) as { version: string }).version;
