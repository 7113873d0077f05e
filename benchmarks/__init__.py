"""Measurements, run by hand: `make bench`. Figures and the machine they were taken on: docs/performance.md."""
