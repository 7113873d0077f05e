"""Checks: small functions with permanent codes that say what is wrong with a translation."""
