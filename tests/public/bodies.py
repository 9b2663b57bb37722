"""What an answer says, whatever its form: a file is read to its end, and unpacked where its texts are packed."""

import io
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import duckdb

FORMATS = ["csv", "json", "jsonl", "xlsx", "parquet"]
FILES = [f"/{kind}.{form}" for kind in ("prisoners", "counts") for form in FORMATS]


def text_of(answer: Any) -> str:
    """Every text that the body holds."""
    body, kind = answer.getvalue(), answer.headers.get("Content-Type", "")
    if kind == "image/png":
        return ""  # test_charts.py looks at what is drawn, as SVG
    if kind == "application/zip":
        return repr(body)  # test_package_leaks.py looks inside
    if kind == "image/png":
        return repr(body)  # drawn from the very SVG beside it
    if "spreadsheetml" in kind:
        return _unpacked(body)
    return _columns(body) if "parquet" in kind else body.decode()


def _unpacked(body: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        return "\n".join(f"{name}\n{packed.read(name).decode()}" for name in packed.namelist())


def _columns(body: bytes) -> str:
    if not body:  # of a HEAD
        return ""
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(":memory:") as database:
        path = Path(folder, "read.parquet")
        path.write_bytes(body)
        rows = database.execute("SELECT * FROM read_parquet(?)", [str(path)]).fetchall()
        said = database.execute("SELECT decode(key), decode(value) FROM parquet_kv_metadata(?)", [str(path)]).fetchall()
    return "\n".join(map(str, [*said, *rows]))
