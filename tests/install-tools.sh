#!/bin/sh
# Installs the judges that some tests ask: a browser, Java, gettext, XML tools (Debian), vnu and axe (npm, into .npm/).
# What cannot be installed is left out with a word; its tests then skip and say why.
set -u
cd "$(dirname "$0")/.." || exit 1

missing=""
for pair in chromium:chromium msgfmt:gettext xmllint:libxml2-utils jing:jing java:default-jre-headless npm:npm; do
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
exit 0
