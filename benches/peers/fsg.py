"""A Rhino context as a small finite-state grammar over words, for pocketsphinx.

Written out one expression after the other (as JSGF would be), the coffee context makes pocketsphinx fifty times
slower: beginnings and ends that expressions share are shared here.
"""

import re

import yaml


def items(expression, slots):
    """An expression as a list of sets of phrases, a phrase being a tuple of words."""
    out = []
    for part in re.findall(r"\[[^\]]*\]|\([^)]*\)|\$\w+:\w+|[^\s\[\]()$]+", expression):
        if part[0] == "[":
            texts = part[1:-1].split(",")
        elif part[0] == "(":
            texts = ["", *part[1:-1].split(",")]
        elif part[0] == "$":
            texts = slots[part[1:].split(":")[0]]
        else:
            texts = [part]
        out.append(frozenset(tuple(str(text).lower().split()) for text in texts))
    return tuple(out)


def convert(path):
    """(start, final, transitions, words); a transition is (from, to, probability, word or nothing)."""
    context = yaml.safe_load(open(path, encoding="utf-8"))["context"]
    sentences = frozenset(items(one, context["slots"]) for many in context["expressions"].values() for one in many)
    final, known, transitions = 0, {frozenset([()]): 0}, []
    count = 1

    def state(rest):
        """The state from which exactly the sentences `rest` can follow."""
        nonlocal count
        if rest in known:
            return known[rest]
        known[rest] = here = count
        count += 1
        for item in {one[0] for one in rest if one}:
            after = state(frozenset(one[1:] for one in rest if one and one[0] == item))
            phrases(here, after, sorted(item))
        if () in rest:
            transitions.append((here, final, 1.0))
        return here

    def phrases(here, after, many):
        """Phrases between two states; those that begin alike share their beginning."""
        nonlocal count
        for word in dict.fromkeys(phrase[0] if phrase else None for phrase in many):
            tails = [phrase[1:] for phrase in many if phrase and phrase[0] == word]
            if word is None:
                transitions.append((here, after, 1.0))
                continue
            if () in tails:
                transitions.append((here, after, 1.0, word))
            if longer := [tail for tail in tails if tail]:
                middle, count = count, count + 1
                transitions.append((here, middle, 1.0, word))
                phrases(middle, after, longer)

    start = state(sentences)
    return start, final, transitions, {one[3] for one in transitions if len(one) == 4}
