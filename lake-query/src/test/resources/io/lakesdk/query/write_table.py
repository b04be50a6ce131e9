"""Writes Parquet with pyarrow and makes a partitioned table of it in Glue.

python write_table.py BUCKET DATABASE TABLE
"""

import os
import sys

import boto3
import pyarrow as pa
import pyarrow.fs
import pyarrow.parquet


def main(bucket, database, name):
    s3 = pyarrow.fs.S3FileSystem(
        endpoint_override=os.environ["AWS_ENDPOINT_URL"].removeprefix("http://"),
        scheme="http",
        region=os.environ["AWS_DEFAULT_REGION"],
    )
    glue = boto3.client("glue")
    hive = "org.apache.hadoop.hive.ql.io.parquet."
    files = {
        "Columns": [{"Name": "id", "Type": "bigint"}, {"Name": "note", "Type": "string"}],
        "InputFormat": hive + "MapredParquetInputFormat",
        "OutputFormat": hive + "MapredParquetOutputFormat",
        "SerdeInfo": {"SerializationLibrary": hive + "serde.ParquetHiveSerDe"},
    }
    glue.create_database(DatabaseInput={"Name": database})
    glue.create_table(
        DatabaseName=database,
        TableInput={
            "Name": name,
            "TableType": "EXTERNAL_TABLE",
            "PartitionKeys": [{"Name": "country", "Type": "string"}],
            "StorageDescriptor": files | {"Location": f"s3://{bucket}/{database}/{name}"},
        },
    )
    for number, country in enumerate(["DE", "a b"]):
        folder = f"{bucket}/{'elsewhere' if number else database}/part-{number}"
        table = pa.table({"id": [number * 2, number * 2 + 1], "note": ["größe", None]})
        with s3.open_output_stream(folder + "/some.parquet") as out:
            pyarrow.parquet.write_table(table, out)
        glue.create_partition(
            DatabaseName=database,
            TableName=name,
            PartitionInput={
                "Values": [country],
                "StorageDescriptor": files | {"Location": "s3://" + folder},
            },
        )


main(*sys.argv[1:])
