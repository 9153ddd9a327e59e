import type { DType } from "../../memory/dtype.js";

/**
 * NumPy's names of element types in files: byte order, kind, bytes of an element. Also those of Zarr 2.
 * @see https://numpy.org/doc/stable/reference/arrays.interface.html
 */
export const TYPE_STRINGS: Readonly<Record<DType, string>> = {
  float64: "<f8",
  float32: "<f4",
  int32: "<i4",
  bool: "|b1",
  int8: "|i1",
  uint8: "|u1",
  int16: "<i2",
  uint16: "<u2",
  uint32: "<u4",
  int64: "<i8",
  uint64: "<u8",
};
