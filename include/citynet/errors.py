"""The exception tree.

    CitynetError
    ├── SourceError
    │   ├── SourceUnavailable   not reached, or a passing fault: try again
    │   ├── SourceChanged       reached, but not as expected: fail now, hold for a person
    │   └── SourceForbidden     robots, terms or address say no: do not try again
    ├── DataRefused             a quality gate said no; carries the failed expectations
    └── ConfigError             registry, judgements, arguments or input: file, line, what was expected

Everything else is a bug. Each message says where, what was expected and what was seen.
"""


class CitynetError(Exception):
    """Root of the errors this project raises on purpose; its text is shown to people as it is."""


class SourceError(CitynetError):
    """Something is wrong at a source or on the way to it."""


class SourceUnavailable(SourceError):
    """The source was not reached, or answered with a fault that may pass; retry."""


class SourceChanged(SourceError):
    """The source answered, but not in the expected form; no retry helps, a person must look.

    gate: the question that the answer did not pass: "reached" where something else than the page answered or a part of it is
    missing, else "layout". parsed, printed: how many members were read before, and the total that the page prints, where known.
    All are kept when Airflow carries the exception between processes.
    """

    def __init__(self, message: str, *, gate: str = "layout", parsed: int | None = None, printed: int | None = None):
        super().__init__(message)
        self.gate, self.parsed, self.printed = gate, parsed, printed


class SourceForbidden(SourceError):
    """robots.txt, the terms or our own address rules forbid the request; never retried."""


class DataRefused(CitynetError):
    """Data did not pass a critical expectation. `failed` names each one, with the rows concerned."""

    def __init__(self, where: str, failed: tuple[str, ...]):
        self.where = where
        self.failed = failed
        super().__init__(f"{where}: " + "; ".join(failed))

    def __reduce__(self) -> tuple[type["DataRefused"], tuple[str, tuple[str, ...]]]:
        """Rebuild with both arguments: Airflow carries exceptions between processes."""
        return (DataRefused, (self.where, self.failed))


class ConfigError(CitynetError):
    """The registry, a judgement, an argument or an input file is not as it must be."""
