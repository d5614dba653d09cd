#!/usr/bin/env bash
# Lets a zahlwort hear all sets of the ear and prints what came of them.
#
#     benches/ear/run.sh ZAHLWORT DATA OUT [RUN …]
#
# RUN is a pattern of the runs' names below, such as 'bursts*'; all by default. DATA is the folder of the recordings;
# OUT gets the sets (sets/), for each strictness a folder with the list, the results as JSON and the text of each run,
# and table.txt. What is already there is not made again, so a run that was stopped goes on where it was.
# From the environment: PYTHON, THREADS (1), STRICTNESS ("default 0"), ZAHLWORT_MODEL as zahlwort has it.
set -euo pipefail
[ $# -ge 3 ] || { sed -n '2,10s/^# \{0,1\}//p' "$0"; exit 2; }
zahlwort=$1 data=$2 out=$3
shift 3
wanted=("${@:-*}")
here=$(cd "$(dirname "$0")" && pwd)
python=${PYTHON:-python3} threads=${THREADS:-1}
expect=$("$zahlwort" eval --help | grep -c -- --expect || true)

[ -e "$out/sets/bursts.jsonl" ] || "$python" "$here/sets.py" "$data" "$out/sets"

# hear NAME SET ARGUMENTS…
hear() {
    local name=$1 set=$out/sets/$2.jsonl found="" pattern
    shift 2
    for pattern in "${wanted[@]}"; do
        # shellcheck disable=SC2053 # a pattern is meant
        [[ $name == $pattern ]] && found=yes
    done
    [ -n "$found" ] || return 0
    local strictness folder args
    for strictness in ${STRICTNESS:-default 0}; do
        folder=$out/strictness-$strictness args=("$@" --threads "$threads")
        [ "$strictness" = default ] || args+=(--strictness "$strictness")
        mkdir -p "$folder"
        [ ! -e "$folder/$name.json" ] || continue
        echo "$(date -u +%H:%M:%S) $name, strictness $strictness" >&2
        "$zahlwort" eval "$set" "${args[@]}" --list "$folder/$name.list.jsonl" --json "$folder/$name.part" >"$folder/$name.txt"
        mv "$folder/$name.part" "$folder/$name.json"
    done
}

for lang in de en; do
    digits=(--lang $lang --grammar "$here/grammars/digits.$lang.yaml")
    number=(--lang $lang --grammar "$here/grammars/number.$lang.yaml")
    hear single-digits.$lang single-digits.$lang "${digits[@]}"
    hear number.$lang number.$lang "${number[@]}"
    hear strings.$lang strings.$lang "${digits[@]}"
    hear strings-tight.$lang strings-tight.$lang "${digits[@]}"
    hear bursts-digits.$lang bursts "${digits[@]}"
    hear bursts-number.$lang bursts "${number[@]}"
done
hear bursts bursts
hear words words
hear kerstin kerstin
# A zahlwort that is told what was asked for listens for orders alone above; here it listens for answers.
if [ "$expect" -gt 0 ]; then
    for kind in yes-no amount quantity pin name option any; do
        hear bursts-expect-$kind bursts --expect $kind
    done
    hear words-expect-any words --expect any
    hear kerstin-expect-any kerstin --expect any
fi
"$zahlwort" schema --orders >"$out/orders.json"
"$python" "$here/table.py" "$out" | tee "$out/table.txt"
