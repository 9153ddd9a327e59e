import type { Handler, KernelKind } from "../kernel-context.js";
import { packageVersion } from "../package-version.js";
import { PROTOCOL_VERSION } from "../wire/message.js";

/** @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#kernel-info */
export const kernelInfo: Handler = (_, { kind }) => ({
  status: "ok",
  protocol_version: PROTOCOL_VERSION,
  implementation: "dagbook",
  implementation_version: packageVersion,
  language_info: languageInfo(kind),
  banner: banner(kind),
  debugger: false,
  supported_features: kind.engine === "dagbook" ? ["kernel subshells"] : [],
  help_links: [],
});

function languageInfo({ language }: KernelKind): object {
  return {
    name: language,
    version: process.versions.node,
    // The type and the mode under which JupyterLab highlights the language.
    mimetype: `application/${language}`,
    codemirror_mode: language,
    pygments_lexer: language,
    file_extension: language === "typescript" ? ".ts" : ".js",
    nbconvert_exporter: "script",
  };
}

function banner({ language, engine }: KernelKind): string {
  const name = language === "typescript" ? "TypeScript" : "JavaScript";
  const what = engine === "tslab" ? "in tslab's engine" : "with task graphs";
  return `dagbook ${packageVersion}: ${name} on Node ${process.versions.node}, ${what}`;
}
