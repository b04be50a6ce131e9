"""Makes the Avro files beside it: pip install fastavro cramjam backports.zstd; python3 make_avro.py"""

import datetime
import decimal
import uuid

import fastavro

UTC = datetime.timezone.utc


def field(name, schema):
    return {"name": name, "type": schema}


def optional(schema):
    return ["null", schema]


ALL = {
    "type": "record",
    "name": "Thing",
    "namespace": "test",
    "fields": [
        field("ID", "long"),
        field("truth", optional("boolean")),
        field("tiny", optional("int")),
        field("small", optional("int")),
        field("number", optional("int")),
        field("ratio", optional("float")),
        field("precise", optional("double")),
        field("name", ["string", "null"]),
        field("unread", {"type": "map", "values": "string"}),
        field("kind", optional({"type": "enum", "name": "Kind", "symbols": ["GOOD", "BAD"]})),
        field("raw", optional("bytes")),
        field("fixed", optional({"type": "fixed", "name": "Four", "size": 4})),
        field("price", optional({"type": "bytes", "logicalType": "decimal", "precision": 10, "scale": 2})),
        field("cost", optional({"type": "fixed", "name": "Cost", "size": 8, "logicalType": "decimal", "precision": 12, "scale": 3})),
        field("day", optional({"type": "int", "logicalType": "date"})),
        field("millis", optional({"type": "long", "logicalType": "timestamp-millis"})),
        field("micros", optional({"type": "long", "logicalType": "timestamp-micros"})),
        field("local", optional({"type": "long", "logicalType": "local-timestamp-micros"})),
        field("id_text", optional({"type": "string", "logicalType": "uuid"})),
        field("tags", optional({"type": "array", "items": optional("string")})),
        field("counts", optional({"type": "map", "values": optional("long")})),
        field(
            "place",
            optional(
                {
                    "type": "record",
                    "name": "Place",
                    "fields": [
                        field("Street", optional("string")),
                        field("extra", "int"),
                        field("since", optional({"type": "long", "logicalType": "timestamp-micros"})),
                        field("area", optional({"type": "bytes", "logicalType": "decimal", "precision": 20, "scale": 4})),
                        field("blob", optional("bytes")),
                        field("weights", {"type": "array", "items": "double"}),
                    ],
                }
            ),
        ),
    ],
}

FULL = {
    "ID": 1,
    "truth": True,
    "tiny": -128,
    "small": 32767,
    "number": -2147483648,
    "ratio": 1.5,
    "precise": 0.1,
    "name": "Ada \u00fc \U0001f600",
    "unread": {"a": "b"},
    "kind": "GOOD",
    "raw": b"\x00\xff",
    "fixed": b"\x01\x02\x03\x04",
    "price": decimal.Decimal("-12345678.90"),
    "cost": decimal.Decimal("123.456"),
    "day": datetime.date(1815, 12, 10),
    "millis": datetime.datetime(2024, 2, 29, 12, 30, 1, 123000, UTC),
    "micros": datetime.datetime(1969, 12, 31, 23, 59, 59, 999500, UTC),
    "local": datetime.datetime(2024, 2, 29, 12, 30, 1, 123499),
    "id_text": uuid.UUID("12345678-1234-5678-1234-567812345678"),
    "tags": ["x", None, 'quote " \\'],
    "counts": {"a": 9223372036854775807, "b": None},
    "place": {
        "Street": "Main",
        "extra": 7,
        "since": datetime.datetime(2024, 1, 1, 0, 0, 0, 0, UTC),
        "area": decimal.Decimal("1234567890123456.7890"),
        "blob": b"\x00\x7f\xff'",
        "weights": [0.5, float("nan"), float("inf")],
    },
}

EMPTY = {name["name"]: None for name in ALL["fields"]} | {"ID": 2, "unread": {}}


def write(name, schema, rows, codec="null", **more):
    with open(name, "wb") as file:
        fastavro.writer(file, fastavro.parse_schema(schema), rows, codec=codec, sync_marker=b"0123456789abcdef", **more)


write("all.avro", ALL, [FULL, EMPTY])

SIMPLE = {
    "type": "record",
    "name": "Row",
    "fields": [field("id", "int"), field("name", optional("string"))],
}
MANY = [{"id": i, "name": f"name {i}"} for i in range(5000)]
for codec in ("null", "deflate", "snappy", "bzip2", "zstandard"):
    write(f"many.{codec}.avro", SIMPLE, MANY, codec, sync_interval=4000)

LATER = {
    "type": "record",
    "name": "Other",
    "namespace": "elsewhere",
    "fields": [
        field("added", optional("double")),
        field("NAME", "string"),
        field("id", "int"),
    ],
}
write("later.avro", LATER, [{"added": 1.5, "NAME": "later", "id": 77}])
write("twice.avro", {"type": "record", "name": "T", "fields": [field("id", "int"), field("ID", "int")]}, [{"id": 1, "ID": 2}])
write("texts.avro", {"type": "record", "name": "T", "fields": [field("id", "string")]}, [{"id": "hunter2"}])
write("union.avro", {"type": "record", "name": "T", "fields": [field("id", ["null", "int", "string"])]}, [{"id": "hunter2"}])
write("large.avro", SIMPLE, [{"id": 1, "name": "a"}, {"id": 300, "name": "hunter2"}])
write("scalar.avro", "int", [1, 2])
write("none.avro", SIMPLE, [])
