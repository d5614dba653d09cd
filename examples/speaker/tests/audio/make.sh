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
say en-buy-oat-milk.wav en-GB "Buy three oat milks."
say en-show-cart.wav en-GB "What is in my cart?"
say en-checkout.wav en-GB "Check out, please."
say de-anna-zehn.wav de-DE "Überweise Anna zehn Euro."
say de-hanna-zehn.wav de-DE "Überweise Hanna zehn Euro."
say de-morgen.wav de-DE "Überweise Anna morgen zehn Euro."
