/**
 * Puts one function into a WebAssembly module that works on a shared memory.
 * @see https://webassembly.github.io/spec/core/binary/modules.html
 * @module
 */
import { ByteWriter } from "./byte-writer.js";
import { type FunctionBuilder, type ImportedFunction, writeConstant } from "./function-builder.js";
import { ValueType } from "./opcodes.js";

const MAX_PAGES = 65_536;
const FUNCTION_TYPE = 0x60;

/**
 * The bytes of a module that exports `run` and imports `env.memory` and `env.<name>` of each function.
 */
export function wasmModule(
  builder: FunctionBuilder,
  imports: readonly ImportedFunction[] = builder.imports,
): Uint8Array<ArrayBuffer> {
  const types = new ByteWriter().unsigned(imports.length + 1);
  const imported = new ByteWriter().unsigned(imports.length + 1);
  // flags 3: shared, with a maximum
  imported.text("env").text("memory").byte(2).byte(3).unsigned(0).unsigned(MAX_PAGES);
  for (const [index, { name, parameters }] of imports.entries()) {
    writeType(types, new Array<ValueType>(parameters).fill(ValueType.f64), [ValueType.f64]);
    imported.text("env").text(name).byte(0).unsigned(index);
  }
  writeType(types, builder.params, builder.results);
  const body = builder.body();
  const globals = new ByteWriter().unsigned(builder.globals.length);
  for (const value of builder.globals) {
    globals.byte(ValueType.v128).byte(1);
    writeConstant(globals, value);
    globals.byte(0x0b);
  }
  const module = new ByteWriter().raw([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
  section(module, 1, types);
  section(module, 2, imported);
  section(module, 3, new ByteWriter().unsigned(1).unsigned(imports.length));
  section(module, 6, globals);
  section(module, 7, new ByteWriter().unsigned(1).text("run").byte(0).unsigned(imports.length));
  section(module, 10, new ByteWriter().unsigned(1).unsigned(body.length).raw(body));
  return module.result();
}

function writeType(writer: ByteWriter, params: readonly ValueType[], results: readonly ValueType[]): void {
  writer.byte(FUNCTION_TYPE).unsigned(params.length).raw(params).unsigned(results.length).raw(results);
}

function section(module: ByteWriter, id: number, content: ByteWriter): void {
  module.byte(id).unsigned(content.length).append(content);
}
