"""Pictures from strangers: of a known kind, of bounded size in bytes and in pixels."""

import base64
import binascii
import io
import re
import warnings

from PIL import Image

KINDS = {"image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF", "image/webp": "WEBP"}
MOST_BYTES = 2_000_000  # as base64
MOST_PIXELS = 40_000_000  # a photo has less
INLINED = re.compile(rf"data:({'|'.join(KINDS)});base64,([A-Za-z0-9+/=]+)")


def is_picture(kind, data):
    """Whether base64 text is a picture of that kind, and no bomb; only its head is read."""
    if kind not in KINDS or not isinstance(data, str) or len(data) > MOST_BYTES:
        return False
    try:
        raw = base64.b64decode("".join(data.split()), validate=True)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(raw), formats=[KINDS[kind]]) as picture:
                width, height = picture.size
    except (
        binascii.Error,
        ValueError,
        OSError,
        SyntaxError,
        Warning,
        Image.DecompressionBombError,
    ):
        return False
    return width * height <= MOST_PIXELS


def attached(attachments):
    """{name: {kind: data}} of a cell's attachments, as far as they are pictures."""
    kept = {}
    for name, bundle in attachments.items() if isinstance(attachments, dict) else ():
        pictures = bundle.items() if isinstance(bundle, dict) else ()
        if good := {kind: data for kind, data in pictures if is_picture(kind, data)}:
            kept[str(name)] = good
    return kept


def without_inlined(text):
    """(the text with `attachment:` in place of pictures inlined as data, those pictures)."""
    pictures = []

    def take(match):
        pictures.append({match[1]: match[2]})
        return f"attachment:inlined-{len(pictures) - 1}"

    return INLINED.sub(take, text), {f"inlined-{i}": picture for i, picture in enumerate(pictures)}
