"""The words that German and English numbers are made of."""

# fmt: off
UNITS = {
    "de": "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn "
          "siebzehn achtzehn neunzehn".split(),
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
          "seventeen eighteen nineteen".split(),
}
# fmt: on
TENS = {
    "de": "- - zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig".split(),
    "en": "- - twenty thirty forty fifty sixty seventy eighty ninety".split(),
}
