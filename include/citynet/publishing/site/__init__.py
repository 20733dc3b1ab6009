"""The published site: plain HTML files with relative links, without script and without anything from elsewhere."""

from citynet.publishing.site.context import SiteContext
from citynet.publishing.site.pages import render

__all__ = ["SiteContext", "render"]
