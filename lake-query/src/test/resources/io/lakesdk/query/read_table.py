"""Reads a table as Glue describes it, with pyarrow, and prints its rows as JSON.

python read_table.py DATABASE TABLE
"""

import json
import os
import sys

import boto3
import pyarrow as pa
import pyarrow.csv
import pyarrow.fs
import pyarrow.json
import pyarrow.parquet

SIMPLE = {
    "boolean": pa.bool_(),
    "int": pa.int32(),
    "bigint": pa.int64(),
    "double": pa.float64(),
    "string": pa.string(),
    "date": pa.date32(),
    "timestamp": pa.timestamp("ms"),
}


def arrow(hive):
    if hive.startswith("decimal("):
        precision, scale = hive[len("decimal("):-1].split(",")
        return pa.decimal128(int(precision), int(scale))
    return SIMPLE[hive]


def schema(descriptor):
    return [(column["Name"], arrow(column["Type"])) for column in descriptor["Columns"]]


def parquet(stream, descriptor, parameters):
    table = pyarrow.parquet.read_table(stream)
    columns = [
        table.column(name).cast(kind) if name in table.column_names else pa.nulls(len(table), kind)
        for name, kind in schema(descriptor)
    ]
    return pa.table(columns, names=[name for name, kind in schema(descriptor)])


def csv(stream, descriptor, parameters, delimiter, quote, nulls):
    columns = schema(descriptor)
    return pyarrow.csv.read_csv(
        stream,
        pyarrow.csv.ReadOptions(
            column_names=[name for name, kind in columns],
            skip_rows=int(parameters.get("skip.header.line.count", "0")),
        ),
        pyarrow.csv.ParseOptions(delimiter=delimiter, quote_char=quote, double_quote=bool(quote)),
        pyarrow.csv.ConvertOptions(column_types=dict(columns), null_values=nulls),
    )


def open_csv(stream, descriptor, parameters):
    options = descriptor["SerdeInfo"]["Parameters"]
    return csv(stream, descriptor, parameters, options["separatorChar"], options["quoteChar"], [])


def lazy_simple(stream, descriptor, parameters):
    options = descriptor["SerdeInfo"]["Parameters"]
    nulls = [options["serialization.null.format"]]
    return csv(stream, descriptor, parameters, options["field.delim"], False, nulls)


def json_lines(stream, descriptor, parameters):
    return pyarrow.json.read_json(
        stream,
        parse_options=pyarrow.json.ParseOptions(explicit_schema=pa.schema(schema(descriptor))),
    )


READERS = {
    "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe": parquet,
    "org.apache.hadoop.hive.serde2.OpenCSVSerde": open_csv,
    "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe": lazy_simple,
    "org.openx.data.jsonserde.JsonSerDe": json_lines,
}


def text(value):
    if isinstance(value, bool):
        return str(value).lower()
    return None if value is None else str(value)


def rows(s3, descriptor, parameters, keys):
    folder = descriptor["Location"].removeprefix("s3://").rstrip("/")
    read = READERS[descriptor["SerdeInfo"]["SerializationLibrary"]]
    for file in s3.get_file_info(pyarrow.fs.FileSelector(folder, recursive=True)):
        if file.type == pyarrow.fs.FileType.File and not file.base_name.startswith((".", "_")):
            with s3.open_input_file(file.path) as stream:
                for row in read(stream, descriptor, parameters).to_pylist():
                    yield [text(value) for value in row.values()] + keys


def partitions(glue, table):
    named = {"DatabaseName": table["DatabaseName"], "TableName": table["Name"]}
    for page in glue.get_paginator("get_partitions").paginate(**named):
        yield from page["Partitions"]


def main(database, name):
    s3 = pyarrow.fs.S3FileSystem(
        endpoint_override=os.environ["AWS_ENDPOINT_URL"].removeprefix("http://"),
        scheme="http",
        region=os.environ["AWS_DEFAULT_REGION"],
    )
    glue = boto3.client("glue")
    table = glue.get_table(DatabaseName=database, Name=name)["Table"]
    parameters = table["Parameters"]
    if table["PartitionKeys"]:
        found = [
            row
            for partition in partitions(glue, table)
            for row in rows(s3, partition["StorageDescriptor"], parameters, partition["Values"])
        ]
    else:
        found = list(rows(s3, table["StorageDescriptor"], parameters, []))
    print(json.dumps(sorted(found, key=str)))


main(*sys.argv[1:])
