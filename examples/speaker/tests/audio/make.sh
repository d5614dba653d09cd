#!/usr/bin/env bash
# Makes the recordings of the scripted conversations. Needs Debian's libttspico-utils and sox.
set -euo pipefail
cd "$(dirname "$0")"
say() { # FILE LANGUAGE TEXT
    pico2wave -l "$2" -w "$1.tmp.wav" "$3"
    sox "$1.tmp.wav" -r 16000 -c 1 -b 16 "$1" pad 0.3 0.5
    rm "$1.tmp.wav"
}
say de-begin.wav de-DE "Überweise dreißig Euro."
say de-an-lukas.wav de-DE "An Lukas."
say de-nein-vierzig.wav de-DE "Nein, vierzig Euro."
say de-ja.wav de-DE "Ja, das stimmt."
say en-begin.wav en-GB "Send thirty euros."
say en-to-lukas.wav en-GB "To Lukas."
say en-no-forty.wav en-GB "No, make it forty euros."
say en-yes.wav en-GB "Yes, that is right."
