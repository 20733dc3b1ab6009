"""Keys and atomic files over any fsspec URL: the store of captures and the published folder are both one of these.

A key is a relative POSIX path. A write is all or nothing: on a local disk a temporary file in the same folder is
written, flushed to disk and renamed; an object store's put is atomic by itself.
"""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from citynet.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Store:
    """A folder (local path or fsspec URL) in which keys hold bytes."""

    url: str
    fs: Any
    root: str
    local: bool

    def path(self, key: str) -> str:
        """The full path of a key in the underlying file system."""
        return f"{self.root}/{key}" if key else self.root

    def exists(self, key: str) -> bool:
        """Whether the key holds anything."""
        return bool(self.fs.exists(self.path(key)))

    def read(self, key: str) -> bytes:
        """The bytes under the key; FileNotFoundError where there are none."""
        data: bytes = self.fs.cat_file(self.path(key))
        return data

    def write(self, key: str, data: bytes) -> None:
        """Put the bytes under the key, all or nothing. OSError where the store can't be written."""
        path = self.path(key)
        if self.local:
            write_whole(Path(path), data)
        else:
            self.fs.pipe_file(path, data)

    def keys(self, prefix: str = "") -> list[str]:
        """All keys under the prefix (a folder), sorted; unfinished temporary files are not keys."""
        top = self.path(prefix)
        if not self.fs.exists(top):
            return []
        found = (str(path)[len(self.root) + 1 :] for path in self.fs.find(top))
        return sorted(key for key in found if not key.rsplit("/", 1)[-1].startswith(".tmp-"))

    def folders(self, prefix: str = "") -> list[str]:
        """Names of the folders directly under the prefix, sorted."""
        top = self.path(prefix)
        if not self.fs.exists(top):
            return []
        return sorted(str(e["name"]).rstrip("/").rsplit("/", 1)[-1] for e in self.fs.ls(top, detail=True) if e["type"] == "directory")

    def delete(self, prefix: str) -> None:
        """Remove a key or a whole folder; nothing happens where there is none."""
        if self.fs.exists(self.path(prefix)):
            self.fs.rm(self.path(prefix), recursive=True)


def open_store(url: str) -> Store:
    """Open a local path or any fsspec URL (s3://bucket/prefix, memory://x); ConfigError for an unknown protocol."""
    import fsspec

    try:
        fs, root = fsspec.core.url_to_fs(url)
    except (ValueError, ImportError) as problem:
        raise ConfigError(f"store {url!r}: expected a folder or an fsspec URL whose driver is installed, got: {problem}") from problem
    local = "file" in (fs.protocol if isinstance(fs.protocol, tuple) else (fs.protocol,))
    return Store(url=url, fs=fs, root=str(root).rstrip("/"), local=local)


def write_whole(path: Path, data: bytes) -> None:
    """Write a local file all or nothing; OSError where that can't be done, and then the old file stands."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".tmp-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
