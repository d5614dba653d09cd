#!/usr/bin/env bash
# Lets a zahlwort hear what is kept aside for choosing weights and thresholds, and prints what came of it.
#
#     benches/ear/aside.sh ZAHLWORT DATA OUT [MORE FOLDERS WITH manifest.jsonl …]
#
# DATA is the folder of the recordings; what is missing there is left out, with a message. OUT gets the sets (sets/) and the
# lists and results of each run. What is there already is not made again. From the environment: PYTHON, THREADS (1), DATE,
# ZAHLWORT_MODEL as zahlwort has it.
set -euo pipefail
[ $# -ge 3 ] || { sed -n '2,8s/^# \{0,1\}//p' "$0"; exit 2; }
zahlwort=$1 data=$2 out=$3
shift 3
here=$(cd "$(dirname "$0")" && pwd)
[ -e "$out/sets" ] || "${PYTHON:-python3}" "$here/aside.py" "$data" "$out/sets"

# hear NAME MANIFEST ARGUMENTS…
hear() {
    local name=$1 manifest=$2
    shift 2
    [ -e "$manifest" ] || { echo "$name: $manifest is not there, left out" >&2; return 0; }
    if [ ! -e "$out/$name.json" ]; then
        "$zahlwort" eval "$manifest" "$@" --threads "${THREADS:-1}" --list "$out/$name.list.jsonl" --json "$out/$name.part" >"$out/$name.txt"
        mv "$out/$name.part" "$out/$name.json"
    fi
    echo "== $name" && grep -E "exactly right|misunderstood|taken for|rejected" "$out/$name.txt" || true
}

for lang in de en; do
    for noise in "" -10 -6; do
        hear "single.$lang$noise" "$out/sets/aside-single.$lang$noise.jsonl" --lang $lang --grammar "$here/grammars/number.$lang.yaml"
        hear "strings.$lang$noise" "$out/sets/aside-strings.$lang$noise.jsonl" --lang $lang --grammar "$here/grammars/digits.$lang.yaml"
    done
done
hear kerstin "$out/sets/aside-kerstin.jsonl" --lang de
hear words "$out/sets/aside-words.jsonl"
for folder in "$@"; do
    hear "$(basename "$folder")" "$folder/manifest.jsonl" --date "${DATE:-2026-11-23}"
done
