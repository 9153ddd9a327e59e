/**
 * Weighted means, covariances and correlations.
 * @module
 */
import { ShapeError } from "../../errors.js";
import { anyBoolean, anyNumber, checkOptions, type Expectations } from "../check-options.js";
import { type AxisLike, normalizeAxis } from "./axes.js";
import { expandDims, squeeze } from "./axis-views.js";
import { binary, cast, clip, rounding } from "./elementwise.js";
import type { LazyArray } from "./lazy-array.js";
import { variance } from "./moments.js";
import { reduce } from "./reductions.js";
import { matmul, sliceArray, transpose } from "./shaping.js";

/**
 * The mean over axes, in which each element counts with its weight.
 * @param weights of the shape of the array, or one line along the axis
 * @throws {ShapeError} if they have another shape
 */
export function average(array: LazyArray, axis: AxisLike = null, weights?: LazyArray): LazyArray {
  if (weights === undefined) return reduce("mean", array, axis);
  const { shape } = array;
  const isWhole = weights.shape.join() === shape.join();
  const along = typeof axis === "number" ? normalizeAxis(axis, shape.length) : -1;
  if (!isWhole && (weights.shape.length !== 1 || weights.shape[0] !== shape[along])) {
    throw new ShapeError(
      `average: weights of shape [${weights.shape}] do not fit an array of shape [${shape}]: give the same shape, ` +
        "or one line and the axis along which it runs",
      { weights: weights.shape, shape },
    );
  }
  const line = sliceArray(weights, [null, ...shape.slice(along + 1).map(() => "newaxis")]);
  const scale = isWhole ? weights : line;
  const total = reduce("sum", scale, isWhole ? axis : null);
  return binary("divide", reduce("sum", binary("multiply", array, scale), axis), total);
}

/** Options of `cov` and `corrcoef`. */
export interface CovarianceOptions {
  /** variables are rows (default) or columns */
  readonly rowvar?: boolean;
  /** sums are divided by the number of observations minus this; default 1 */
  readonly ddof?: number;
}

const expectations: Expectations<CovarianceOptions> = { rowvar: anyBoolean, ddof: anyNumber };

/**
 * Covariances of variables, float64 `[variables, variables]`; of one variable its variance.
 * @throws {ShapeError} if the array has more than two axes or none
 */
export function covariance(array: LazyArray, options: CovarianceOptions = {}): LazyArray {
  checkOptions("cov", options, expectations);
  const { ddof = 1 } = options;
  const x = variablesOf("cov", array, options);
  if (x.shape.length === 1) return variance(x, null, { ddof });
  const centred = binary("subtract", x, reduce("mean", x, 1, { keepdims: true }));
  return binary("divide", matmul(centred, transpose(centred)), Math.max(0, x.shape[1] - ddof));
}

/** Correlations of variables: covariances divided by the standard deviations, from -1 to 1. */
export function correlation(array: LazyArray, options: Pick<CovarianceOptions, "rowvar"> = {}): LazyArray {
  checkOptions("corrcoef", options, { rowvar: anyBoolean });
  const x = variablesOf("corrcoef", array, options);
  const covariances = covariance(x);
  if (x.shape.length === 1) return binary("divide", covariances, covariances);
  const deviations = rounding("sqrt", variance(x, 1, { ddof: 1 }));
  const scaled = binary("divide", binary("divide", covariances, expandDims(deviations, 1)), deviations);
  return clip(scaled, -1, 1);
}

/** The array with its variables as rows; a single one is a line. */
function variablesOf(what: string, array: LazyArray, { rowvar = true }: CovarianceOptions): LazyArray {
  const { shape } = array;
  if (shape.length !== 1 && shape.length !== 2) {
    throw new ShapeError(
      `${what} of an array of shape [${shape}]: give one line, or a matrix whose rows are variables`,
      {
        shape,
      },
    );
  }
  const x = cast(array, "float64");
  const rows = rowvar ? x : transpose(x);
  return rows.shape.length === 2 && rows.shape[0] === 1 ? squeeze(rows, 0) : rows;
}
