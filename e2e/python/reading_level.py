"""Measures how hard texts are to read, with textstat.

Standard input: a JSON object of texts by name, and the language's code as the only argument. Standard output: a JSON
object of scores by the same names: the Flesch-Kincaid grade for English, the index of Fernandez Huerta for Spanish.
"""

import json
import socket
import sys


def refuse(*arguments, **keywords):
    raise OSError("a reading level needs no network")


# Some versions of textstat fetch their dictionaries when they are first asked. This one must not.
socket.socket = refuse

import textstat  # noqa: E402


def main(language):
    textstat.set_lang({"en": "en_US", "es": "es"}[language])
    formula = {"en": textstat.flesch_kincaid_grade, "es": textstat.fernandez_huerta}[language]
    scores = {name: formula(text) for name, text in json.load(sys.stdin).items()}
    json.dump(scores, sys.stdout)


main(sys.argv[1])
