"""Telling subscribers what changed: the digest, the ledger of what was sent or suppressed, and the sending."""
