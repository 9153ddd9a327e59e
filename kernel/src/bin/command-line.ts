import { parseArgs } from "node:util";
import { ArgumentError } from "../errors.js";
import { nearestName } from "../nearest-name.js";
import { type Command, type CommandName, commands } from "./commands.js";

/** Values of options, by their long names. */
export type Values = Readonly<Record<string, string | true | undefined>>;

/** What a person asked for. */
export type CommandLine =
  | { readonly run: CommandName; readonly values: Values }
  | { readonly run: "help"; readonly of: CommandName | undefined }
  | { readonly run: "version" };

/**
 * Reads a command line; the command stands first.
 * @param args what follows the name of the program
 * @throws {ArgumentError} if the command or an option is unknown, or a value is missing or too much
 */
export function readCommandLine(args: readonly string[]): CommandLine {
  const [first, ...rest] = args;
  if (first === undefined || first === "--help" || first === "-h") return { run: "help", of: undefined };
  if (first === "--version") return { run: "version" };
  if (first === "help") return { run: "help", of: rest[0] === undefined ? undefined : commandNamed(rest[0]) };
  const name = commandNamed(first);
  const values = readOptions(name, rest);
  return values.help ? { run: "help", of: name } : { run: name, values };
}

function commandNamed(name: string): CommandName {
  if (Object.hasOwn(commands, name)) return name as CommandName;
  const meant = nearestName(name, Object.keys(commands));
  throw new ArgumentError(
    `There is no command ${JSON.stringify(name)}${meant ? `, but ${meant}` : ""}: see dagbook --help`,
  );
}

function readOptions(name: CommandName, args: readonly string[]): Values {
  const options: Command["options"] = { ...commands[name].options, help: { short: "h", help: "" } };
  const types = Object.fromEntries(
    Object.entries(options).map(([long, { value, short }]) => [
      long,
      {
        type: value === undefined ? ("boolean" as const) : ("string" as const),
        ...(short === undefined ? {} : { short }),
      },
    ]),
  );
  // Not strict: Node's own messages name neither the command nor what was probably meant.
  const { tokens } = parseArgs({
    args: [...args],
    options: types,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values: Record<string, string | true> = {};
  for (const token of tokens) {
    if (token.kind === "positional") {
      throw new ArgumentError(`dagbook ${name} takes no ${JSON.stringify(token.value)}: see dagbook ${name} --help`);
    }
    if (token.kind === "option") values[token.name] = readValue(name, options, token);
  }
  return values;
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value: string | undefined;
  readonly inlineValue: boolean | undefined;
}

function readValue(command: CommandName, options: Command["options"], token: OptionToken): string | true {
  const { name, rawName, value, inlineValue } = token;
  const option = Object.hasOwn(options, name) ? options[name] : undefined;
  if (option === undefined) {
    const meant = nearestName(name, Object.keys(options));
    const hint = meant === undefined ? "" : `, but --${meant}`;
    throw new ArgumentError(`dagbook ${command} has no option ${rawName}${hint}: see dagbook ${command} --help`);
  }
  if (option.value === undefined) {
    if (value === undefined) return true;
    throw new ArgumentError(
      `${rawName} takes no value, it got ${JSON.stringify(value)}: see dagbook ${command} --help`,
    );
  }
  // `--prefix --user`: a folder was forgotten, none is called --user.
  const isForgotten = value === undefined || (!inlineValue && value.startsWith("-"));
  if (isForgotten) throw new ArgumentError(`${rawName} needs a value: ${rawName} ${option.value}`);
  if (value === "")
    throw new ArgumentError(`${rawName} is empty: give a ${option.value}, as ${rawName} ${option.value}`);
  return value;
}
