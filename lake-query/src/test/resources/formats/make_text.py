"""Makes the compressed text files beside it: pip install cramjam zstandard; python3 make_text.py"""

import bz2
import gzip
import struct

import cramjam
import zstandard

CSV = "".join(["id,name\n"] + [f"{i},name {i}\n" for i in range(1000)]).encode()
JSON = "".join(f'{{"id": {i}, "name": "name {i}"}}\n' for i in range(1000)).encode()


def hadoop(data, compress, block=4096, chunk=1000):
    """Hadoop's BlockCompressorStream: blocks of several chunks, numbers big-endian."""
    out = b""
    for at in range(0, len(data), block):
        part = data[at : at + block]
        out += struct.pack(">i", len(part))
        for inside in range(0, len(part), chunk):
            packed = compress(part[inside : inside + chunk])
            out += struct.pack(">i", len(packed)) + packed
    return out


def snappy(data):
    return bytes(cramjam.snappy.compress_raw(data))


def lz4(data):
    return bytes(cramjam.lz4.compress_block(data, store_size=False))


for name, text in (("people.csv", CSV), ("people.jsonl", JSON)):
    made = {
        "gz": gzip.compress(text, mtime=0),
        "bz2": bz2.compress(text[:5000]) + bz2.compress(text[5000:]),
        "zst": zstandard.ZstdCompressor(write_checksum=True).compress(text),
        "snappy": hadoop(text, snappy),
        "lz4": hadoop(text, lz4),
    }
    for ending, content in made.items():
        with open(f"{name}.{ending}", "wb") as file:
            file.write(content)

# 4 GiB of spaces in 3 KB.
with open("bomb.csv.bz2", "wb") as file:
    file.write(b"".join([bz2.compress(b"id,name\n" + b" " * (64 << 20))] * 64))
