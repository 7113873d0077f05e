"""Bytes ↔ Release + Skeleton, one module per source format."""
