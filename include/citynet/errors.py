"""The exception tree.

    CitynetError
    ├── SourceError
    │   ├── SourceUnavailable   not reached, or a passing fault: try again
    │   │   ├── AsyncPending    the answer is being prepared: ask the same address again later
    │   │   ├── ServerFault     a fault of the server itself (5xx)
    │   │   └── OutageHtml      a page for people in place of data, as in an outage
    │   ├── SourceChanged       reached, but not as expected: fail now, hold for a person
    │   │   ├── TooBig          more asked for than the service gives in one answer
    │   │   ├── NotFound        no such data set, or no results for the question
    │   │   ├── BadQuery        the service does not understand the question
    │   │   ├── EmptyForFilter  an answer without a single figure
    │   │   └── Malformed       not the form that the service documents, or cut
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


class AsyncPending(SourceUnavailable):
    """The service prepares the answer (async_pending): the same address gives it later."""


class ServerFault(SourceUnavailable):
    """The service failed on its own side (5xx), whatever was asked."""


class OutageHtml(SourceUnavailable):
    """A page for people stands where data should (outage_html): the service is out or overloaded."""


class TooBig(SourceChanged):
    """More was asked for than the service gives in one answer (too_big); smaller questions may be answered."""


class NotFound(SourceChanged):
    """There is no such data set, or there are no results for the question (not_found)."""


class BadQuery(SourceChanged):
    """The service does not understand the question (bad_query): a parameter, dimension or code is not known to it."""


class EmptyForFilter(SourceChanged):
    """A whole answer without a single figure (empty_for_filter): no code of the filter has any."""


class Malformed(SourceChanged):
    """An answer that is cut or not in the form that the service documents (malformed)."""


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
