"""Readers of single pages that no reader with options can read: the last resort.

Module <network id>.py with a function `members(body, content_type, spec, where) -> Printed`, as in citynet.reading.readers. It is
found by the network's id, where the network file says `reader: custom`, and has a page and its members under tests/reading/pages.
"""
