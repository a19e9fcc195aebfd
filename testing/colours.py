"""Colours as readers with different kinds of sight see them."""

import numpy as np

# Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB
SIGHT = {
    "all colours": np.eye(3),
    "no red": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    "no green": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
    "no blue": np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
}  # fmt: skip
XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE = XYZ @ np.ones(3)


def convert_to_lab(colour: str, sight: np.ndarray) -> np.ndarray:
    """Return lightness, a and b (CIELAB) of a colour, ``#rrggbb``, as a kind of sight of ``SIGHT`` has it."""
    rgb = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    xyz = XYZ @ np.clip(sight @ linear, 0, 1) / WHITE
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def measure_distance(one: str, other: str, sight: str) -> float:
    """Return the distance of two colours in CIELAB to a kind of sight; 2.3 is just noticeable."""
    return float(np.linalg.norm(convert_to_lab(one, SIGHT[sight]) - convert_to_lab(other, SIGHT[sight])))
