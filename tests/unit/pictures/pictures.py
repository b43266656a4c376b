"""Reading the pictures that were drawn."""

from __future__ import annotations

import io

from PIL import Image


def opened(png: bytes) -> Image.Image:
    """The picture in a PNG file."""
    image = Image.open(io.BytesIO(png))
    assert image.format == "PNG"
    return image.convert("RGB")


def blank_margin(image: Image.Image) -> int:
    """The least distance of anything drawn from an edge of the picture, in pixels."""
    paper = Image.new("RGB", image.size, image.getpixel((0, 0)))
    difference = Image.blend(image, paper, 0.5)
    width, height = image.size
    flat = difference.convert("L").point(lambda value: 255 * (abs(value - _grey(paper)) > 2))
    left, top, right, bottom = flat.getbbox() or (0, 0, width, height)
    return min(left, top, width - right, height - bottom)


def _grey(paper: Image.Image) -> int:
    value = paper.convert("L").getpixel((0, 0))
    assert isinstance(value, int)
    return value
