/**
 * The functions that array tasks call on a worker. They travel as imports of this module.
 * @module
 */
import { builtFile } from "../../built-file.js";
import { moduleFunction } from "../functions/index.js";
import * as assemble from "./blocks/assemble.js";
import * as cholesky from "./blocks/cholesky-block.js";
import * as combine from "./blocks/combine.js";
import * as mapped from "./blocks/map-block.js";
import * as elements from "./blocks/map-elements.js";
import * as matmul from "./blocks/matmul.js";
import * as several from "./blocks/new-blocks.js";
import * as npy from "./blocks/npy-block.js";
import * as qr from "./blocks/qr-block.js";
import * as random from "./blocks/random.js";
import * as fused from "./blocks/run-fused.js";
import * as solve from "./blocks/solve-block.js";
import * as svd from "./blocks/svd-block.js";
import * as zarr from "./blocks/zarr-block.js";

const here = builtFile(import.meta.url, "./block-functions.js").href;

export const runFused = moduleFunction(fused.runFused, here, "runFused");
export const combineBlocks = moduleFunction(combine.combineBlocks, here, "combineBlocks");
export const finishBlocks = moduleFunction(combine.finishBlocks, here, "finishBlocks");
export const assembleBlock = moduleFunction(assemble.assembleBlock, here, "assembleBlock");
export const multiplyBlocks = moduleFunction(matmul.multiplyBlocks, here, "multiplyBlocks");
export const randomBlock = moduleFunction(random.randomBlock, here, "randomBlock");
export const pickBlock = moduleFunction(several.pickBlock, here, "pickBlock");
export const qrBlock = moduleFunction(qr.qrBlock, here, "qrBlock");
export const svdBlock = moduleFunction(svd.svdBlock, here, "svdBlock");
export const choleskyDiagonal = moduleFunction(cholesky.choleskyDiagonal, here, "choleskyDiagonal");
export const choleskyBelow = moduleFunction(cholesky.choleskyBelow, here, "choleskyBelow");
export const solveBlock = moduleFunction(solve.solveBlock, here, "solveBlock");
export const invertBlock = moduleFunction(solve.invertBlock, here, "invertBlock");
export const zeroBlock = moduleFunction(several.zeroBlock, here, "zeroBlock");
export const mapElements = moduleFunction(elements.mapElements, here, "mapElements");
export const callOnBlocks = moduleFunction(mapped.callOnBlocks, here, "callOnBlocks");
export const storeMapped = moduleFunction(mapped.storeMapped, here, "storeMapped");
export const readNpyBlock = moduleFunction(npy.readNpyBlock, here, "readNpyBlock");
export const writeNpyBlock = moduleFunction(npy.writeNpyBlock, here, "writeNpyBlock");
export const readZarrBlock = moduleFunction(zarr.readZarrBlock, here, "readZarrBlock");
export const writeZarrBlock = moduleFunction(zarr.writeZarrBlock, here, "writeZarrBlock");
