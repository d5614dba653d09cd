#!/usr/bin/env python3
"""Checks the golden exports with software that is not ours. Exit status 1 if anything is wrong.

    python3 -m venv .venv && .venv/bin/pip install -r requirements.txt && npm install --no-package-lock
    .venv/bin/python validate.py

pain.001     the XSD of ISO 20022 (xmlschema), IBANs and BICs (schwifty), sums and dates
EPC QR       the payload that segno makes of the same data; a picture of the code, read by zxing
JSON         the published JSON Schema (jsonschema)
schema.org   expansion to RDF and schema.org's vocabulary (rdflib); its types and their properties
             (schema-dts and the TypeScript compiler, skipped without node)
Amazon Pay   the published limits, as a JSON Schema written down here from the API reference
"""

import decimal
import importlib.resources
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

import jsonschema
import numpy
import rdflib
import schwifty
import segno
import xmlschema
import zxingcpp
from segno import helpers

HERE = pathlib.Path(__file__).parent
GOLDEN = HERE.parent / "tests" / "golden"
PAIN = "{urn:iso:std:iso:20022:tech:xsd:pain.001.001.09}"

AMAZON = {
    "type": "object",
    "additionalProperties": False,
    "required": ["headers", "payload"],
    "properties": {
        "unconfirmed": {"const": True},
        "headers": {
            "additionalProperties": False,
            "properties": {"x-amz-pay-idempotency-key": {"pattern": "^[A-Za-z0-9_-]{1,32}$"}},
        },
        "payload": {
            "additionalProperties": False,
            "required": ["chargePermissionId", "chargeAmount"],
            "properties": {
                "chargePermissionId": {"type": "string", "minLength": 1},
                "chargeAmount": {
                    "additionalProperties": False,
                    "required": ["amount", "currencyCode"],
                    "properties": {
                        "amount": {"type": "string", "pattern": r"^[0-9]+(\.[0-9]{2})?$"},
                        "currencyCode": {"enum": ["EUR", "GBP", "USD", "JPY"]},
                    },
                },
                "captureNow": {"type": "boolean"},
                "softDescriptor": {"type": "string", "maxLength": 16},
                "canHandlePendingAuthorization": {"type": "boolean"},
                "merchantMetadata": {
                    "additionalProperties": False,
                    "properties": {
                        "merchantReferenceId": {"type": "string", "maxLength": 256},
                        "merchantStoreName": {"type": "string", "maxLength": 50},
                        "noteToBuyer": {"type": "string", "maxLength": 255},
                    },
                },
            },
        },
    },
}


def pain001(path, xsd):
    xsd.validate(str(path))
    tree = xmlschema.XMLResource(str(path)).root
    found = {}
    for element in tree.iter():
        found.setdefault(str(element.tag).removeprefix(PAIN), []).append(element.text)
    for iban in found["IBAN"]:
        schwifty.IBAN(iban)
    for bic in found.get("BICFI", []):
        schwifty.BIC(bic)
    amounts = [decimal.Decimal(text) for text in found["InstdAmt"]]
    assert [str(sum(amounts))] * 2 == found["CtrlSum"], "control sums"
    assert found["NbOfTxs"] == [str(len(amounts))] * 2, "numbers of transactions"
    allowed = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/-?:().,'+ ")
    for name in ("MsgId", "PmtInfId", "EndToEndId", "Nm", "Ustrd"):
        assert all(set(text) <= allowed for text in found.get(name, [])), f"{name}: characters"
    marked = "UNCONFIRMED" in found["MsgId"]
    assert marked == ("unconfirmed" in path.name), "marked as unconfirmed"
    return f"XSD, {len(found['IBAN'])} IBANs, sums, {len(found)} kinds of element"


def epc_qr(path):
    code = path.read_text(encoding="utf-8")
    lines = code.split("\n")
    lines += [""] * (12 - len(lines))
    tag, version, charset, kind, bic, name, iban, amount, purpose, structured, text, note = lines
    assert (tag, version, charset, kind) == ("BCD", "002", "1", "SCT"), "header"
    assert len(code.encode()) <= 331 and not code.endswith("\n"), "length"
    schwifty.IBAN(iban)
    if bic:
        schwifty.BIC(bic)
    done = "IBAN"
    # segno insists on a text or reference, writes no note, and drops zeros of the amount.
    if text and not note:
        theirs = helpers._make_epc_qr_data(
            name, iban, amount.removeprefix("EUR"), text=text, bic=bic or None, encoding="utf-8"
        ).decode()
        same = [a == b for a, b in zip(code.split("\n"), theirs.split("\n"), strict=True)]
        del same[7]
        assert all(same), f"segno writes {theirs!r}"
        their_amount = theirs.split("\n")[7].removeprefix("EUR")
        assert decimal.Decimal(their_amount) == decimal.Decimal(amount.removeprefix("EUR")), "amount"
        done += ", as segno"
    qr = segno.make_qr(code.encode(), error="m", boost_error=False)
    assert int(qr.version) <= 13, f"QR version {qr.version}"
    picture = numpy.array([list(row) for row in qr.matrix_iter(scale=4, border=4)], dtype=numpy.uint8)
    read = zxingcpp.read_barcodes((1 - picture) * 255)
    assert [bytes(r.bytes).decode() for r in read] == [code], "zxing reads something else"
    return f"{done}, {len(code.encode())} bytes, QR version {qr.version} read back"


def own_json(path):
    schema = json.loads((HERE.parent / "schema" / "export.schema.json").read_text())
    validator = jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )
    jsonschema.Draft202012Validator.check_schema(schema)
    value = json.loads(path.read_text())
    validator.validate(value)
    # The schema tells them apart: an unconfirmed command does not pass for an authorised one.
    pretended = dict(value, status="unconfirmed" if value["status"] == "authorised" else "authorised")
    if value["status"] == "unconfirmed":
        assert not validator.is_valid(pretended), "passes without a key"
    return "schema"


def terms():
    """Every class and property of schema.org, as rdflib has them."""
    known = {str(term) for term in dir(rdflib.SDO)}
    assert str(rdflib.SDO) + "iban" not in known, "knows everything"
    return known


def schema_org(path, vocabulary):
    value = json.loads(path.read_text())
    assert value["@context"] == "https://schema.org"
    # What stands at that address maps every term to the vocabulary; nothing is fetched here.
    value["@context"] = {"@vocab": "https://schema.org/"}
    graph = rdflib.Graph().parse(data=json.dumps(value), format="json-ld")
    used = set()
    for _, predicate, thing in graph:
        used.add(str(predicate))
        if predicate == rdflib.RDF.type:
            used.add(str(thing))
    used.discard(str(rdflib.RDF.type))
    assert used <= vocabulary, f"not in schema.org: {sorted(used - vocabulary)}"
    return f"{len(graph)} statements, {len(used)} terms"


def schema_dts(paths):
    """Lets the TypeScript compiler compare each action with the type of its `@type`."""
    node = shutil.which("node")
    tsc = HERE / "node_modules" / "typescript" / "bin" / "tsc"
    if not node or not tsc.exists():
        return None
    source = ["import type * as S from 'schema-dts';"]
    for n, path in enumerate(paths):
        value = json.loads(path.read_text())
        source.append(f"export const a{n}: S.WithContext<S.{value['@type']}> = {json.dumps(value)};")
    with tempfile.TemporaryDirectory(dir=HERE) as folder:
        file = pathlib.Path(folder) / "actions.ts"
        file.write_text("\n".join(source))
        run = [node, str(tsc), "--noEmit", "--strict", "--skipLibCheck", "--target", "es2022"]
        run += ["--module", "nodenext", "--moduleResolution", "nodenext", str(file)]
        done = subprocess.run(run, capture_output=True, text=True, cwd=HERE)
        # Wrong actions must fail, or the comparison compares nothing.
        for wrong in (
            {"@type": "PayAction", "acceptedOffer": "x"},
            {"@type": "PayAction", "object": {"@type": "MoneyTransfer", "recipient": "x"}},
        ):
            wrong = json.dumps({"@context": "https://schema.org", **wrong})
            file.write_text(f"{source[0]}\nexport const a: S.WithContext<S.PayAction> = {wrong};")
            refused = subprocess.run(run, capture_output=True, text=True, cwd=HERE)
            assert refused.returncode != 0, f"the compiler takes {wrong}"
    assert done.returncode == 0, done.stdout
    return f"{len(paths)} actions have only properties of their types"


def amazon(path):
    value = json.loads(path.read_text())
    jsonschema.Draft202012Validator(AMAZON).validate(value)
    has_key = "x-amz-pay-idempotency-key" in value["headers"]
    assert has_key != value.get("unconfirmed", False), "only unconfirmed requests lack the key"
    return "limits"


def main():
    schemas = importlib.resources.files("sepaxml") / "schemas"
    xsd = xmlschema.XMLSchema(str(schemas / "pain.001.001.09.xsd"))
    vocabulary = terms()
    checks = {
        "pain001.*.xml": lambda path: pain001(path, xsd),
        "epc-qr.*.txt": epc_qr,
        "json.*.json": own_json,
        "schema-org.*.json": lambda path: schema_org(path, vocabulary),
        "amazon-pay.*.json": amazon,
    }
    passed = failed = 0
    for pattern, check in checks.items():
        paths = sorted(GOLDEN.glob(pattern))
        assert paths, f"no {pattern} in {GOLDEN}"
        for path in paths:
            try:
                print(f"{path.name}: ok: {check(path)}")
                passed += 1
            except Exception as error:  # every failure is told, not only the first
                print(f"{path.name}: FAILED: {type(error).__name__}: {error}")
                failed += 1
    try:
        types = schema_dts(sorted(GOLDEN.glob("schema-org.*.json")))
        print(f"schema-dts: {types or 'SKIPPED: needs node, and npm install --no-package-lock here'}")
    except AssertionError as error:
        print(f"schema-dts: FAILED:\n{error}")
        failed += 1
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
