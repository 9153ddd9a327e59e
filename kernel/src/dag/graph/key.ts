/** A name, or a name with block indices (Dask's keys). */
export type Key = string | number | readonly Key[];
