"""Names for the types that many functions take and give."""

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
"""Numbers of any kind and shape; what they are is said where they are used."""

Samples = npt.NDArray[np.floating[Any]]
"""Mono sound, usually in -1 … 1."""

Record = dict[str, Any]
"""A line of JSON."""

Tensors = dict[str, Array]
"""The arrays of a model file by their names."""
