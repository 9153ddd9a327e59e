import process from "node:process";
import { ArgumentError } from "../../errors.js";
import { nearestName } from "../../nearest-name.js";

/** A notebook is given to others with its outputs, so a list does not show what such names hold. */
const secret = /key|token|secret|password/i;

/**
 * `%env`: lists the variables of the environment, shows or sets one.
 * @param text "", "NAME" or "NAME=value"
 * @throws {ArgumentError} if there is no such variable
 */
export function environment(text: string): string {
  if (text === "") return Object.keys(process.env).sort().map(listed).join("\n");
  const [, name = "", value] =
    /^([^=\s]+)(?:\s*=\s*(.*)|\s+(.*))?$/s.exec(text)?.filter((part) => part !== undefined) ?? [];
  if (name === "") throw new ArgumentError(`%env got "${text}": write %env NAME or %env NAME=value`);
  if (value !== undefined) {
    process.env[name] = value;
    return `env: ${name}=${value}`;
  }
  const found = process.env[name];
  if (found !== undefined) return found;
  const nearest = nearestName(name, Object.keys(process.env));
  const hint = nearest === undefined ? "" : `did you mean ${nearest}? `;
  throw new ArgumentError(`%env: no variable ${name} is set: ${hint}%env ${name}=value sets it`, { name });
}

function listed(name: string): string {
  return `${name}=${secret.test(name) ? "<hidden>" : process.env[name]}`;
}
