/**
 * The functions that tasks call on a worker for kernels that are no formula of elements. They travel as imports
 * of this module.
 * @module
 */
import { builtFile } from "../../built-file.js";
import { moduleFunction } from "../functions/index.js";
import * as assemble from "./blocks/assemble.js";
import * as compress from "./blocks/compress.js";
import * as cumulateLongs from "./blocks/cumulate-longs.js";
import * as cumulative from "./blocks/cumulative.js";
import * as histogram from "./blocks/histogram.js";
import * as moments from "./blocks/moments.js";
import * as resolved from "./blocks/resolved-shape.js";
import * as search from "./blocks/search.js";
import * as sort from "./blocks/sort.js";
import * as take from "./blocks/take.js";
import * as topK from "./blocks/top-k.js";
import * as topLongs from "./blocks/top-longs.js";
import * as unique from "./blocks/unique-counts.js";

const here = builtFile(import.meta.url, "./kernel-functions.js").href;

export const momentsBlock = moduleFunction(moments.momentsBlock, here, "momentsBlock");
export const combineMoments = moduleFunction(moments.combineMoments, here, "combineMoments");
export const finishMoments = moduleFunction(moments.finishMoments, here, "finishMoments");
export const totalBlock = moduleFunction(cumulative.totalBlock, here, "totalBlock");
export const cumulateTotals = moduleFunction(cumulative.cumulateTotals, here, "cumulateTotals");
export const cumulateBlock = moduleFunction(cumulative.cumulateBlock, here, "cumulateBlock");
export const compressBlock = moduleFunction(compress.compressBlock, here, "compressBlock");
export const takeBlock = moduleFunction(take.takeBlock, here, "takeBlock");
export const shapeOfBlock = moduleFunction(resolved.shapeOfBlock, here, "shapeOfBlock");
export const sameBlock = moduleFunction(resolved.sameBlock, here, "sameBlock");
export const reshapedBlock = moduleFunction(resolved.reshapedBlock, here, "reshapedBlock");
export const joinBlocksOfAnySize = moduleFunction(assemble.joinBlocksOfAnySize, here, "joinBlocksOfAnySize");
export const topBlock = moduleFunction(topK.topBlock, here, "topBlock");
export const combineTops = moduleFunction(topK.combineTops, here, "combineTops");
export const finishTops = moduleFunction(topK.finishTops, here, "finishTops");
export const sortBlock = moduleFunction(sort.sortBlock, here, "sortBlock");
export const mergeRanks = moduleFunction(sort.mergeRanks, here, "mergeRanks");
export const percentilesOf = moduleFunction(sort.percentilesOf, here, "percentilesOf");
export const totalLongBlock = moduleFunction(cumulateLongs.totalLongBlock, here, "totalLongBlock");
export const cumulateLongTotals = moduleFunction(cumulateLongs.cumulateLongTotals, here, "cumulateLongTotals");
export const cumulateLongBlock = moduleFunction(cumulateLongs.cumulateLongBlock, here, "cumulateLongBlock");
export const topLongBlock = moduleFunction(topLongs.topLongBlock, here, "topLongBlock");
export const combineLongTops = moduleFunction(topLongs.combineLongTops, here, "combineLongTops");
export const finishLongTops = moduleFunction(topLongs.finishLongTops, here, "finishLongTops");
export const histogramBlock = moduleFunction(histogram.histogramBlock, here, "histogramBlock");
export const searchBlock = moduleFunction(search.searchBlock, here, "searchBlock");
export const bincountBlock = moduleFunction(search.bincountBlock, here, "bincountBlock");
export const nonEmptyBlock = moduleFunction(resolved.nonEmptyBlock, here, "nonEmptyBlock");
export const uniqueCounts = moduleFunction(unique.uniqueCounts, here, "uniqueCounts");
