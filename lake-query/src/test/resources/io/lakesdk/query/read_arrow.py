"""Reads a stream of Arrow with pyarrow, checks it, and prints its types and rows as text.

python read_arrow.py FILE
"""

import sys

import pyarrow as pa

with pa.OSFile(sys.argv[1], "rb") as file:
    table = pa.ipc.open_stream(file).read_all()
table.validate(full=True)
print([str(field.type) for field in table.schema])
for row in table.to_pylist():
    print(list(row.values()))
