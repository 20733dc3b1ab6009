"""Members read off captured pages, exactly as printed, or a changed source: never a guess, never an empty list."""

from citynet.reading.listing import PageRead, read_listing, read_page

__all__ = ["PageRead", "read_listing", "read_page"]
