"""Checks on listings and release tables, run by Great Expectations; a failed critical one stops what it guards."""

from citynet.quality.checking import check_listing, check_tables, refuse_if_critical, rows_of

__all__ = ["check_listing", "check_tables", "refuse_if_critical", "rows_of"]
