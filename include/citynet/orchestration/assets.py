"""The assets that the DAGs make and wait for; spelled here and nowhere else."""

from airflow.sdk import Asset

LISTINGS = Asset(name="listings", uri="x-citynet://listings", group="citynet")
"""Accepted member lists in the store."""

CITY_STATISTICS = Asset(name="city_statistics", uri="x-citynet://city_statistics", group="citynet")
"""Accepted vintages of Eurostat's figures in the store."""

RELEASE = Asset(name="release", uri="x-citynet://release", group="citynet")
"""The published monitor."""

MEMBERSHIP_CHANGES = Asset(name="membership_changes", uri="x-citynet://membership_changes", group="citynet")
"""The world changes of the current release."""
