"""Tells what the steps are: `python -m zahlwort_training`."""

import zahlwort_training

if __name__ == "__main__":
    print(zahlwort_training.__doc__)
