"""Making the files: every table as CSV and Parquet, the descriptor, the zip around them, and the entities for FollowTheMoney.

For one state of the records the bytes are the same, whenever and wherever they are made. Memory stays flat: rows go from the
database into files, and files in blocks into the zip.
"""

import gzip
import hashlib
import json
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from shutil import copyfileobj
from typing import IO, Any

from duckdb import DuckDBPyConnection

from prisoners.models import Prisoner

from ..exports.csvs import write_csv
from ..exports.parquets import converter, write_parquet
from ..exports.tables import Table as Exported
from ..followthemoney import lines
from ..models import Revision
from ..tables import TABLES, Table
from ..tables.doors import doors
from .descriptor import About, MadeFile, MadeTable, package, version

ZIP, ENTITIES, MANIFEST = "package.zip", "followthemoney.jsonl.gz", "manifest.json"
_BLOCK = 1 << 20
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can say; the moment of making would change its bytes
_READABLE = 0o644 << 16
# Parquet is compressed inside.
_STORED = {".parquet"}

# Told after each table, of how many: (done, all).
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Made:
    """What was made, as pages tell it: the zip, its tables, and the entities (their bytes and digest as plain text)."""

    revision: int
    known_at: str | None
    version: str
    zip: MadeFile
    entities: MadeFile
    tables: dict[str, dict[str, MadeFile]]

    @classmethod
    def read(cls, folder: Path) -> "Made":
        """What lies in a folder."""
        told = json.loads((folder / MANIFEST).read_text())
        tables = {name: {form: MadeFile(**file) for form, file in forms.items()} for name, forms in told.pop("tables").items()}
        return cls(zip=MadeFile(**told.pop("zip")), entities=MadeFile(**told.pop("entities")), tables=tables, **told)


def build(folder: Path, *, day: date, progress: Progress | None = None) -> Made:
    """Make all files in an empty folder. Call it within one moment of the database."""
    revision, known_at = Revision.objects.values_list("number", "recorded_at").first() or (0, None)
    about = About(revision, known_at, Prisoner.objects.published().filter(is_fictional=True).exists())
    told = doors(day)
    with tempfile.TemporaryDirectory(dir=folder) as parts:
        tables = list(_tables(told, Path(parts), progress))
        digest = _digest(f"{file.path} {file.sha256}\n" for made in tables for file in (made.csv, made.parquet))
        described = package(about, tables, digest=digest)
        zipped = _zip(folder / ZIP, Path(parts), described, [file for made in tables for file in (made.csv, made.parquet)])
    entities = _entities(folder / ENTITIES, told)
    made = Made(
        revision=revision,
        known_at=described.get("created"),
        version=version(about, digest),
        zip=zipped,
        entities=entities,
        tables={made.table.name: {"csv": made.csv, "parquet": made.parquet} for made in tables},
    )
    (folder / MANIFEST).write_text(json.dumps(asdict(made)))
    return made


def _tables(told: str, folder: Path, progress: Progress | None) -> Iterable[MadeTable]:
    (folder / "csv").mkdir()
    (folder / "parquet").mkdir()
    with converter(folder) as database:
        for place, table in enumerate(TABLES, start=1):
            yield _table(table, table.exported(told), folder, database)
            if progress:
                progress(place, len(TABLES))


def _table(table: Table, exported: Exported, folder: Path, database: DuckDBPyConnection) -> MadeTable:
    as_csv, as_parquet = f"csv/{table.name}.csv", f"parquet/{table.name}.parquet"
    with (folder / as_csv).open("wb") as file:
        rows = write_csv(exported, file)
    write_parquet(exported, folder / as_parquet, database=database)
    return MadeTable(table, _made(as_csv, folder / as_csv, rows), _made(as_parquet, folder / as_parquet, rows))


def _made(name: str, path: Path, rows: int) -> MadeFile:
    with path.open("rb") as file:
        return MadeFile(name, path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest(), rows)


def _digest(texts: Iterable[str]) -> str:
    return hashlib.sha256("".join(texts).encode()).hexdigest()


def _zip(path: Path, parts: Path, described: dict[str, Any], files: list[MadeFile]) -> MadeFile:
    """The descriptor first, so that whoever looks at the beginning knows the rest."""
    with zipfile.ZipFile(path, "w", compresslevel=6) as archive:
        text = json.dumps(described, ensure_ascii=False, indent=1).encode()
        archive.writestr(_entry("datapackage.json"), text)
        for file in files:
            with (parts / file.path).open("rb") as source, archive.open(_entry(file.path), "w", force_zip64=True) as target:
                copyfileobj(source, target, _BLOCK)
    return _made(ZIP, path, sum(file.rows for file in files if file.path.startswith("csv/")))


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, date_time=_LONG_AGO)
    entry.external_attr = _READABLE
    entry.create_system = 3  # or it would say on what system it was made
    entry.compress_type = zipfile.ZIP_STORED if Path(name).suffix in _STORED else zipfile.ZIP_DEFLATED
    return entry


def _entities(path: Path, told: str) -> MadeFile:
    """Compressed on disk; size and digest are those of the text."""
    count, size, digest = 0, 0, hashlib.sha256()
    with path.open("wb") as file, _compressed(file) as packed:
        for some in _blocks(lines(told)):
            text = b"".join(some)
            packed.write(text)
            digest.update(text)
            count, size = count + len(some), size + len(text)
    return MadeFile(ENTITIES.removesuffix(".gz"), size, digest.hexdigest(), count)


def _blocks(each: Iterator[bytes]) -> Iterator[list[bytes]]:
    """Lines by the hundred: compressing each by itself takes longer."""
    while some := list(islice(each, 100)):
        yield some


def _compressed(file: IO[bytes]) -> gzip.GzipFile:
    return gzip.GzipFile(filename="", fileobj=file, mode="wb", compresslevel=6, mtime=0)
