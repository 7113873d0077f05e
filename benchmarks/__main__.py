"""`make bench`: everything that needs no environment of its own."""

from __future__ import annotations

import sys

from benchmarks import commands, placeholders, segmentation, translation

print("Commands")
sys.argv = ["commands"]
commands.main()
print("Translation")
sys.argv = ["translation"]
translation.main()
print("Placeholders in drafts")
sys.argv = ["placeholders"]
placeholders.main()
print("Segmentation, on the gold of our own tests")
sys.argv = ["segmentation", "tests/data/segmentation"]
segmentation.main()
