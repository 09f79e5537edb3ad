"""Checks FHIR resources with other people's code.

Standard input: a JSON object with lists `questionnaires` and `responses`. Standard output: a JSON object with a list of
mistakes for each of them, in order, empty where there is none.

The shape is checked by fhir.resources, whose models of R4B say the same of these two resources as R4. That a response
belongs to its questionnaire is checked here, by the words of the standard; FHIRPath is evaluated by fhirpathpy.
"""

import json
import operator
import sys

from fhir.resources.R4B.questionnaire import Questionnaire
from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse
from fhirpathpy import compile as compiled
from fhirpathpy.models import models
from pydantic import BaseModel, ValidationError

HL7 = "http://hl7.org/fhir/StructureDefinition/"
SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-"

# https://hl7.org/fhir/R4/valueset-item-type.html
TYPES = (
    "group display question boolean decimal integer date dateTime time string text url choice open-choice attachment"
    " reference quantity"
).split()

# How `enableWhen` compares numbers.
COMPARED = {">=": operator.ge, "<=": operator.le}

expressions = {}


def evaluate(expression, response):
    """Whether an expression is true of a response. Anything but one boolean is a mistake of the questionnaire."""
    if expression not in expressions:
        expressions[expression] = compiled(expression, models["r4"])
    result = expressions[expression](response, {"resource": response})
    if result not in ([True], [False]):
        raise ValueError(f"not true or false but {result}: {expression}")
    return result[0]


def number(element, what):
    """The number that an answer or a test holds, whole or with decimals."""
    return element.get(what + "Integer", element.get(what + "Decimal"))


def bare(element):
    """Without its extensions: what an option counts stands in its questionnaire alone."""
    return {key: value for key, value in element.items() if key != "extension"}


def extensions(element, url):
    return [each for each in element.get("extension", []) if each["url"] == url]


def shape(model, resource):
    try:
        return list(strange_codes(model.model_validate(resource)))
    except ValidationError as error:
        return [f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors()]


def strange_codes(element):
    """Codes that the standard does not have. The models know them, but don't ask for them."""
    for name, field in type(element).model_fields.items():
        value = getattr(element, name)
        known = (field.json_schema_extra or {}).get("enum_values", [])
        # The models leave the list of an item's types open.
        known = TYPES if "+" in known else known
        if known and value is not None and value not in known:
            yield f"{field.alias or name}: {value} is not one of {', '.join(known)}"
        for inner in value if isinstance(value, list) else [value]:
            if isinstance(inner, BaseModel):
                yield from strange_codes(inner)


def coding(value):
    return (value.get("system"), value.get("code"))


class Check:
    """One response against its questionnaire."""

    def __init__(self, questionnaire, response):
        self.questionnaire, self.response, self.mistakes = questionnaire, response, []
        self.answers = {}
        self.collect(response)

    def collect(self, within):
        for item in within.get("item", []):
            self.answers[item["linkId"]] = item.get("answer", [])
            self.collect(item)

    def run(self):
        canonical = f"{self.questionnaire['url']}|{self.questionnaire['version']}"
        if self.response.get("questionnaire") != canonical:
            self.mistakes.append(f"belongs to {self.response.get('questionnaire')}, not to {canonical}")
        self.items(self.questionnaire, self.response, True)
        return self.mistakes

    def items(self, asked, given, is_enabled):
        """The items of a group, in the order of the questionnaire, and no others."""
        wanted = [item for item in asked.get("item", []) if item["type"] != "display"]
        links = [item["linkId"] for item in wanted]
        found = [item["linkId"] for item in given.get("item", [])]
        if found != [link for link in links if link in found]:
            self.mistakes.append(f"{asked.get('linkId', 'the questionnaire')} holds {found}, which is not in {links}")
        own = {item["linkId"]: item for item in given.get("item", [])}
        for item in wanted:
            enabled = is_enabled and self.enabled(item)
            self.item(item, own.get(item["linkId"]), enabled)

    def item(self, asked, given, is_enabled):
        link = asked["linkId"]
        if given is not None and not is_enabled:
            self.mistakes.append(f"{link} is not enabled and stands there")
        if given is not None and given.get("text") != asked.get("text"):
            self.mistakes.append(f"{link} has another text")
        if asked["type"] == "group":
            return self.items(asked, given or {}, is_enabled)
        answers = (given or {}).get("answer", [])
        is_whole = self.response["status"] == "completed"
        if is_whole and is_enabled and asked.get("required") and not answers:
            self.mistakes.append(f"{link} is required and enabled and has no answer")
        if answers:
            self.check_answers(asked, answers)

    def enabled(self, item):
        tests = [self.test(test) for test in item.get("enableWhen", [])]
        if tests:
            return all(tests) if item.get("enableBehavior") == "all" else any(tests)
        found = extensions(item, SDC + "enableWhenExpression")
        return all(evaluate(each["valueExpression"]["expression"], self.response) for each in found)

    def test(self, test):
        answers = self.answers.get(test["question"], [])
        if test["operator"] == "exists":
            return bool(answers) == test["answerBoolean"]
        if test["operator"] == "=":
            return any(coding(each["valueCoding"]) == coding(test["answerCoding"]) for each in answers)
        if test["operator"] in COMPARED:
            compared, bound = COMPARED[test["operator"]], number(test, "answer")
            return any(compared(number(each, "value"), bound) for each in answers)
        raise ValueError(f"operator {test['operator']}")

    def check_answers(self, asked, answers):
        link = asked["linkId"]
        if len(answers) > 1 and not asked.get("repeats"):
            self.mistakes.append(f"{link} has several answers")
        if asked["type"] in ("integer", "decimal"):
            self.check_number(asked, answers)
        else:
            self.check_options(asked, [each.get("valueCoding", {}) for each in answers])

    def check_number(self, asked, answers):
        kind = "value" + asked["type"].capitalize()
        least, most = (extensions(asked, HL7 + name)[0][kind] for name in ("minValue", "maxValue"))
        for given in (each.get(kind) for each in answers):
            is_number = isinstance(given, int) or (kind == "valueDecimal" and isinstance(given, float))
            if not is_number or not least <= given <= most:
                self.mistakes.append(f"{asked['linkId']}: {given} is not from {least} to {most}")

    def check_options(self, asked, chosen):
        link, options = asked["linkId"], asked["answerOption"]
        for each in chosen:
            if each not in [bare(option["valueCoding"]) for option in options]:
                self.mistakes.append(f"{link}: {each} is no option")
        if len({coding(each) for each in chosen}) < len(chosen):
            self.mistakes.append(f"{link}: an option twice")
        alone = [coding(each["valueCoding"]) for each in options if extensions(each, HL7 + "questionnaire-optionExclusive")]
        if len(chosen) > 1 and any(coding(each) in alone for each in chosen):
            self.mistakes.append(f"{link}: an exclusive option beside another")
        for toggle in extensions(asked, SDC + "answerOptionsToggleExpression"):
            parts = {part["url"]: part for part in toggle["extension"]}
            offered = evaluate(parts["expression"]["valueExpression"]["expression"], self.response)
            if not offered and coding(parts["option"]["valueCoding"]) in map(coding, chosen):
                self.mistakes.append(f"{link}: {parts['option']['valueCoding']['code']} is not offered")


def main():
    given = json.load(sys.stdin)
    by_language = {each["language"]: each for each in given["questionnaires"]}
    report = {"questionnaires": [shape(Questionnaire, each) for each in given["questionnaires"]], "responses": []}
    for response in given["responses"]:
        mistakes = shape(QuestionnaireResponse, response)
        report["responses"].append(mistakes or Check(by_language[response["language"]], response).run())
    json.dump(report, sys.stdout)


main()
