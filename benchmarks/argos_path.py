"""argostranslate's own translation path on ready lines; to be run by the Python of a separate environment.

    ARGOS_INTRA_THREADS=1 ENV/bin/python benchmarks/argos_path.py PACKAGE_FOLDER LINES RUNS

Its sentence splitter is replaced by one that returns the line as it is, which favours argostranslate: the real one
needs a download and takes time. Prints JSON: seconds of each run, and the lines of English.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path


class _Lines:
    def split_sentences(self, text: str) -> list[str]:
        return [text]


def main() -> None:
    from argostranslate.package import Package
    from argostranslate.translate import PackageTranslation

    folder, file, runs = sys.argv[1:]
    text = Path(file).read_text(encoding="utf-8")
    translation = PackageTranslation(None, None, Package(Path(folder)))
    translation.sentencizer = _Lines()
    translation.hypotheses("Bonjour à tous.", 1)  # loads the model
    seconds = []
    english = ""
    for _ in range(int(runs)):
        start = time.perf_counter()
        english = translation.hypotheses(text, 1)[0].value
        seconds.append(time.perf_counter() - start)
    print(json.dumps({"seconds": seconds, "english": english.split("\n")}))


if __name__ == "__main__":
    main()
