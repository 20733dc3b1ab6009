"""Checks on listings, statistics, places and release tables, run by Great Expectations; a failed critical one stops what it guards."""

from citynet.quality.checking import check_listing, check_observations, check_tables, check_vintage, refuse_if_critical, rows_of

__all__ = ["check_listing", "check_observations", "check_tables", "check_vintage", "refuse_if_critical", "rows_of"]
