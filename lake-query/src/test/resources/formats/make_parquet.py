"""Makes the Parquet files beside it: pip install pyarrow; python3 make_parquet.py"""

import pyarrow as pa
from pyarrow import parquet

people = pa.table({"id": pa.array(range(1000), pa.int32()), "name": [f"name {i}" for i in range(1000)]})
for codec in ("none", "snappy", "gzip", "zstd", "lz4", "brotli"):
    parquet.write_table(people, f"people.{codec}.parquet", compression=codec)
