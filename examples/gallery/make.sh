#!/usr/bin/env bash
# Makes the decks of this folder anew from the three demo spaces, and their pictures. Needs Chromium for the pictures.
set -euo pipefail
cd "$(dirname "$0")/../.."
make --no-print-directory setup
export AISLIDES_ORCHESTRATOR__LISTEN=127.0.0.1:0  # services of its own, whatever runs on this machine
deck() { # name theme space question
  .venv/bin/aislides generate "$4" --space "$3" --theme "$2" --max-slides "${SLIDES:-10}" -o "examples/gallery/$1.html"
}
flights="New York flights 2013" retail="Outdoor retail (generated demo data)" bakehouse="Bakehouse (sample franchise sales)"
deck delays professional "$flights" "How did departure delays develop in 2013, and which airports and airlines drive them?"
deck cancellations dark "$flights" "How did the share of cancelled flights develop by month, and which airlines cancel most?"
deck retail-growth warm "$retail" "How did revenue develop from 2023 to 2024, and which regions and products drive it?"
deck bakehouse ibcs "$bakehouse" "How did revenue develop, and which products and franchises lead?"
AISLIDES_OUTPUT__BRAND=examples/brand/northwind.yaml \
  deck retail-branded professional "$retail" "How did revenue develop by month, and which categories and stores lead?"
.venv/bin/python examples/gallery/pictures.py
