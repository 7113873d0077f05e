"""What an image is, by its content: names lie."""

from __future__ import annotations

import io
import warnings

#: EPUB 3.3, section 3.2: core media types of images, by Pillow's names. AVIF is none: reading systems may leave it out.
_KINDS = {
    "PNG": ("image/png", ".png"),
    "JPEG": ("image/jpeg", ".jpg"),
    "GIF": ("image/gif", ".gif"),
    "WEBP": ("image/webp", ".webp"),
}
#: Exif 2.32, tag 0x0112: browsers turn an image as it says.
_ORIENTATION, _QUARTER_TURNS = 0x0112, (5, 6, 7, 8)


def kind_of(data: bytes) -> tuple[str, str] | None:
    """Media type and suffix of an image; None for one that books do not hold, or that is broken or beyond measure."""
    from PIL import Image  # only needed for releases with images

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            with Image.open(io.BytesIO(data), formats=tuple(_KINDS)) as image:
                image.verify()
                return _KINDS.get(image.format or "")
        except (OSError, SyntaxError, ValueError, Warning, Image.DecompressionBombError):
            return None


def _is_turned(exif: object) -> bool:
    """Whether browsers show an image lying on its side, by the Exif data in front of it.

    ``Image.getexif`` would look behind the pixels, too, and decode all of a PNG to get there.
    """
    from PIL import Image  # as above

    if not isinstance(exif, bytes):
        return False
    found = Image.Exif()
    found.load(exif)
    return found.get(_ORIENTATION, 1) in _QUARTER_TURNS


def size_of(data: bytes) -> tuple[int, int] | None:
    """Width and height of an image in pixels, as it is shown; None where they cannot be read (an SVG has none)."""
    from PIL import Image  # as above

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(io.BytesIO(data), formats=(*_KINDS, "AVIF")) as image:
                return image.size[::-1] if _is_turned(image.info.get("exif")) else image.size
        except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
            return None
