/**
 * How colours look to readers with a colour vision deficiency, and how far apart two of them are: of the papers, not of the view.
 * @module
 */

type Triple = readonly [number, number, number];
type Matrix = readonly [Triple, Triple, Triple];

/** Complete deficiency. @see Machado, Oliveira, Fernandes 2009, table of matrices for severity 1.0 */
const DEFICIENCIES = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
} as const satisfies Record<string, Matrix>;

export type Vision = "normal" | keyof typeof DEFICIENCIES;

/** Distance of two `#rrggbb` colours in OKLab, as somebody with this vision sees them. */
export function seenDistance(a: string, b: string, vision: Vision): number {
  const [p, q] = [seenOklab(a, vision), seenOklab(b, vision)];
  return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}

/** Lightness 0 … 1 of a `#rrggbb` colour in OKLab: what is left of it in a grey print. */
export function lightness(color: string): number {
  return seenOklab(color, "normal")[0];
}

function seenOklab(color: string, vision: Vision): Triple {
  const linear = linearOf(color);
  if (vision === "normal") return oklab(linear);
  const [r, g, b] = times(DEFICIENCIES[vision], linear);
  return oklab([within(r), within(g), within(b)]);
}

function linearOf(color: string): Triple {
  const part = (at: number) => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [part(1), part(3), part(5)];
}

/** @see https://bottosson.github.io/posts/oklab/ */
function oklab(linear: Triple): Triple {
  const [l, m, s] = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    linear,
  );
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    [Math.cbrt(l), Math.cbrt(m), Math.cbrt(s)],
  );
}

function times(matrix: Matrix, [x, y, z]: Triple): Triple {
  const [a, b, c] = matrix;
  return [a[0] * x + a[1] * y + a[2] * z, b[0] * x + b[1] * y + b[2] * z, c[0] * x + c[1] * y + c[2] * z];
}

function within(part: number): number {
  return Math.min(1, Math.max(0, part));
}
