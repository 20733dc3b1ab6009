"""Overlap, connectivity, representation and the replication of the 2018 report: pure functions of lists."""
