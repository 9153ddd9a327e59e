/**
 * Tables of the ziggurat method for normal random numbers.
 *
 * The area under exp(-x^2 / 2) is covered by 256 layers of equal area v; the lowest is a rectangle up to
 * r and the tail behind it. Published constants for 256 layers: r = 3.6541528853610088, v =
 * 0.00492867323399.
 * @see G. Marsaglia, W. W. Tsang: The ziggurat method for generating random variables, J. Stat. Soft. 5 (8), 2000
 * @see J. A. Doornik: An improved ziggurat method to generate normal random samples, 2005 (53-bit form)
 * @module
 */

/** Where the tail begins. */
export const zigguratTail = 3.6541528853610088;
const layers = 256;
const area = 0.00492867323399;
/** draws of a position in a layer have 52 bits */
const scale = 2 ** 52;

/**
 * Three tables of 256 float64 each, one after the other: draws below `accept[i]` are inside layer i at
 * once; a draw times `width[i]` is x; `height[i]` is exp(-x^2 / 2) at the edge of layer i.
 */
export const ziggurat: Float64Array = makeTables();

function makeTables(): Float64Array {
  const tables = new Float64Array(3 * layers);
  const accept = tables.subarray(0, layers);
  const width = tables.subarray(layers, 2 * layers);
  const height = tables.subarray(2 * layers);
  const density = (x: number) => Math.exp(-0.5 * x * x);
  let edge = zigguratTail;
  const base = area / density(edge);
  accept[0] = (edge / base) * scale;
  width[0] = base / scale;
  height[0] = 1;
  width[layers - 1] = edge / scale;
  height[layers - 1] = density(edge);
  for (let i = layers - 2; i >= 1; i--) {
    const inner = Math.sqrt(-2 * Math.log(area / edge + density(edge)));
    accept[i + 1] = (inner / edge) * scale;
    width[i] = inner / scale;
    height[i] = density(inner);
    edge = inner;
  }
  accept[1] = 0;
  return tables;
}
