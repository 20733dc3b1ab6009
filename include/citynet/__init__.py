"""City Network Monitor: who is a member of which transnational city network, when, and how the networks overlap."""

__version__ = "0.9.0"
