/**
 * The functions that array tasks call on a worker. They travel as imports of this module.
 * @module
 */
import { builtFile } from "../../built-file.js";
import { moduleFunction } from "../functions/index.js";
import * as assemble from "./blocks/assemble.js";
import * as combine from "./blocks/combine.js";
import * as matmul from "./blocks/matmul.js";
import * as random from "./blocks/random.js";
import * as fused from "./blocks/run-fused.js";

const here = builtFile(import.meta.url, "./block-functions.js").href;

export const runFused = moduleFunction(fused.runFused, here, "runFused");
export const combineBlocks = moduleFunction(combine.combineBlocks, here, "combineBlocks");
export const finishBlocks = moduleFunction(combine.finishBlocks, here, "finishBlocks");
export const assembleBlock = moduleFunction(assemble.assembleBlock, here, "assembleBlock");
export const multiplyBlocks = moduleFunction(matmul.multiplyBlocks, here, "multiplyBlocks");
export const randomBlock = moduleFunction(random.randomBlock, here, "randomBlock");
