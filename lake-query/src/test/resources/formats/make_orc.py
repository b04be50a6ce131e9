"""Makes the ORC files beside it: pip install pyarrow; python3 make_orc.py"""

import datetime
import decimal

import pyarrow as pa
from pyarrow import orc

D = decimal.Decimal
PLACE = pa.struct(
    [
        ("Street", pa.string()),
        ("extra", pa.int32()),
        ("since", pa.timestamp("us")),
        ("area", pa.decimal128(20, 4)),
        ("blob", pa.binary()),
        ("weights", pa.list_(pa.float64())),
    ]
)
SCHEMA = pa.schema(
    [
        ("ID", pa.int64()),
        ("truth", pa.bool_()),
        ("tiny", pa.int8()),
        ("small", pa.int16()),
        ("number", pa.int32()),
        ("ratio", pa.float32()),
        ("precise", pa.float64()),
        ("name", pa.string()),
        ("unread", pa.map_(pa.string(), pa.string())),
        ("raw", pa.binary()),
        ("price", pa.decimal128(10, 2)),
        ("day", pa.date32()),
        ("millis", pa.timestamp("ms")),
        ("micros", pa.timestamp("us")),
        ("instant", pa.timestamp("us", tz="UTC")),
        ("tags", pa.list_(pa.string())),
        ("counts", pa.map_(pa.int32(), pa.int64())),
        ("place", PLACE),
    ]
)
FULL = {
    "ID": 1,
    "truth": True,
    "tiny": -128,
    "small": 32767,
    "number": -2147483648,
    "ratio": 1.5,
    "precise": 0.1,
    "name": "Ada \u00fc \U0001f600",
    "unread": [("a", "b")],
    "raw": b"\x00\xff",
    "price": D("-12345678.90"),
    "day": datetime.date(1815, 12, 10),
    "millis": datetime.datetime(2024, 2, 29, 12, 30, 1, 123000),
    "micros": datetime.datetime(1969, 12, 31, 23, 59, 59, 999500),
    "instant": datetime.datetime(2024, 2, 29, 12, 30, 1, 123499, datetime.timezone.utc),
    "tags": ["x", None, 'quote " \\'],
    "counts": [(1, 9223372036854775807), (2, None)],
    "place": {
        "Street": "Main",
        "extra": 7,
        "since": datetime.datetime(2024, 1, 1),
        "area": D("1234567890123456.7890"),
        "blob": b"\x00\x7f\xff'",
        "weights": [0.5, float("nan"), float("inf")],
    },
}
orc.write_table(pa.Table.from_pylist([FULL, {"ID": 2}], schema=SCHEMA), "all.orc")

many = pa.table({"id": pa.array(range(5000), pa.int32()), "name": [f"name {i}" for i in range(5000)]})
for codec in ("uncompressed", "zlib", "snappy", "lz4", "zstd"):
    orc.write_table(many, f"many.{codec}.orc", compression=codec, stripe_size=8192)
hive = many.slice(0, 10).rename_columns(["_col0", "_col1"])
orc.write_table(hive, "hive.orc")
later = pa.table({"added": [1.5], "NAME": ["later"], "id": pa.array([77], pa.int16())})
orc.write_table(later, "later.orc")
orc.write_table(pa.table({"id": ["hunter2"]}), "texts.orc")
orc.write_table(pa.table({"id": pa.array([1, 300], pa.int32())}), "large.orc")
orc.write_table(many.slice(0, 0), "none.orc")
