#!/usr/bin/env bash
# Compile static/portal.css from the Sass here, and bring htmx. Needs Node.js; running the portal does not.
set -euo pipefail
cd "$(dirname "$0")"

npm ci --silent --no-audit --no-fund --ignore-scripts
npx --no-install sass --load-path=node_modules --style=compressed --no-source-map --quiet-deps portal.scss ../static/portal.css
cp node_modules/htmx.org/dist/htmx.min.js ../static/htmx.min.js
