"""Makes test/support/fixtures/zarr with zarr-python 3.1.6: python make_zarr.py (needs zarr, which the tests do not).

Each holds arange(70).reshape(7, 10) / 3 in chunks of [3, 4]; its first chunk is not stored and reads as NaN.
"""
import pathlib
import shutil

import numcodecs
import numpy as np
import zarr

folder = pathlib.Path(__file__).parent / "fixtures" / "zarr"
shutil.rmtree(folder, ignore_errors=True)
values = np.arange(70, dtype="float64").reshape(7, 10) / 3
values[:3, :4] = np.nan
kinds = {
    "v3-zstd": {"zarr_format": 3},
    "v3-gzip": {"zarr_format": 3, "compressors": zarr.codecs.GzipCodec()},
    "v3-blosc": {"zarr_format": 3, "compressors": zarr.codecs.BloscCodec()},
    "v3-big-endian": {"zarr_format": 3, "serializer": zarr.codecs.BytesCodec(endian="big"), "compressors": None},
    "v3-sharded": {"zarr_format": 3, "shards": (6, 8)},
    "v2-zstd": {"zarr_format": 2},
    "v2-blosc": {"zarr_format": 2, "compressors": numcodecs.Blosc()},
    "v2-zlib-fortran": {"zarr_format": 2, "compressors": numcodecs.Zlib(), "order": "F"},
}
for name, options in kinds.items():
    array = zarr.create_array(
        folder / name, shape=values.shape, chunks=(3, 4), dtype="float64", fill_value=np.nan, **options
    )
    array[:] = values
    assert np.array_equal(zarr.open_array(folder / name)[:], values, equal_nan=True)
