"""Which commands spend the speaker's money, as the program itself says. One that asks others for money does not."""

import json
import subprocess
from pathlib import Path


def orders(zahlwort):
    """What `zahlwort schema --orders` prints: what each order is."""
    told = subprocess.run([zahlwort, "schema", "--orders"], check=True, capture_output=True, encoding="utf-8")
    return json.loads(told.stdout)


def kept(path):
    """The same, from a file that it was written to."""
    return json.loads(Path(path).read_text(encoding="utf-8"))


def spending(orders):
    """The intents of those that spend money."""
    return {order["intent"] for order in orders if order["effect"] == "spend"}
