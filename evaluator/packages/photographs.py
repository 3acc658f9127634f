"""Photographs: what they say of themselves, what they look like, and smaller ones without it. Bytes in, bytes out.

How alike two photographs look is measured by a difference hash of 16 × 16 bits (ImageHash); docs/packages.md has the threshold
and what it was measured on. This module imports the imaging library: import it only where there are photographs.
"""

from __future__ import annotations

import warnings
from contextlib import AbstractContextManager, nullcontext
from io import BytesIO
from typing import Any

import imagehash
from PIL import Image, ImageCms, ImageFile, ImageOps

from evaluator.errors import Fault, Words
from evaluator.limits import in_force, raising
from evaluator.packages.metadata import said
from evaluator.packages.names import IN_PHOTOGRAPH, person_faults
from evaluator.packages.records import Photo
from evaluator.packages.stripping import bare_jpeg, bare_png

_SIDE = 16
# Fewer edges than this make a hash by which blank pages would all look the same.
_FEWEST_EDGES = 16
# A PNG, or a progressive JPEG, stands in memory as a whole while it is decoded: it may have so many times fewer pixels.
_AT_ONCE = 3
# Pixels: smaller ones may be decoded side by side.
_SMALL = 12_000_000
Lock = AbstractContextManager[object]
_NONE = nullcontext()
_ORIENTATION = 0x0112
_SRGB = b"sRGB"
# The number of pixels is bounded here, not by a warning.
Image.MAX_IMAGE_PIXELS = None
# What is odd about a picture is no message of ours.
warnings.filterwarnings("ignore", module=r"PIL\.")
# The memory of a few pictures is used again: asking the system for it anew takes a fifth of the time of each.
Image.core.set_blocks_max(4)  # type: ignore[attr-defined]  # documented: "Block Allocator"


def examined(
    name: str, content: bytes, pixels: int | None = None, *, bare: bool = False, lock: Lock = _NONE
) -> Photo | list[Fault]:
    """What the photograph ``content`` says and looks like; or why the file ``name`` is refused.

    One that will be ``bare`` before anyone sees it is neither compared nor refused for what it says. ``lock`` is held while a
    large one is decoded, where several are at a time.
    """
    try:
        image = _opened(content)
        pixels = pixels or in_force().photo_pixels
        most = pixels if _is_decoded_in_strips(image) else pixels // _AT_ONCE
        if image.width * image.height > most:
            what = Words(f"图片超过 {most // 10**6} 百万像素", f"more than {most // 10**6} megapixels")
            mend = raising("photo_pixels", Words("缩小后另存", "save it smaller"))
            return [Fault("too_many_pixels", (name,), what, mend)]
        with _alone(image, lock):
            spoken = said(image)
            likeness = None if bare else _likeness(image)
            image.close()  # its memory is given back before another is decoded
    except Exception:  # noqa: BLE001 - hostile bytes: whatever a decoder raises, the picture cannot be seen
        return [unseen(name)]
    texts = () if bare else spoken.texts
    faults = list(person_faults(((name, text) for text in texts), IN_PHOTOGRAPH))
    return faults or Photo(spoken.taken, spoken.place, spoken.owner, likeness)


def _alone(image: ImageFile.ImageFile, lock: Lock) -> Lock:
    """What is entered while ``image`` is decoded: of the large ones that stand in memory as a whole, one at a time."""
    small = _is_decoded_in_strips(image) or image.width * image.height <= _SMALL
    return nullcontext() if small else lock


def _is_decoded_in_strips(image: ImageFile.ImageFile) -> bool:
    return image.format == "JPEG" and not image.info.get("progressive")


def unseen(name: str) -> Fault:
    """The refusal of a picture that no decoder reads to its end."""
    what = Words("图片损坏，打不开", "the picture is damaged and cannot be opened")
    return Fault("damaged", (name,), what, Words("重新导出或重新拍摄", "export it anew"))


def _opened(content: bytes) -> ImageFile.ImageFile:
    return Image.open(BytesIO(content), formats=("JPEG", "PNG"))


def _likeness(image: ImageFile.ImageFile) -> int | None:
    # A JPEG is decoded at an eighth of its size, in grey: all that the hash can see.
    image.draft("L", (128, 128))
    image.load()
    # In grey before it is turned: another copy in colours would be as large as the picture.
    grey = image.convert("L")
    ImageOps.exif_transpose(grey, in_place=True)
    likeness = int(str(imagehash.dhash(grey, _SIDE)), 16)
    edges = likeness.bit_count()
    return likeness if _FEWEST_EDGES <= edges <= _SIDE**2 - _FEWEST_EDGES else None


def prepared(content: bytes, longest: int, quality: int, *, keep: bool = False, lock: Lock = _NONE) -> bytes:
    """``content`` with its longer side at most ``longest`` pixels, upright, without anything beside the picture.

    ``keep`` leaves EXIF and the colour profile in. A photograph that is small enough is not compressed again.
    """
    image = _opened(content)
    small = max(image.size) <= longest
    turned = image.getexif().get(_ORIENTATION, 1) not in (0, 1)
    kind = "PNG" if image.format == "PNG" else "JPEG"
    deep = image.mode.startswith("I")  # sixteen bits a pixel: smaller ones would be other pictures
    if (small and (keep or not turned)) or deep:
        bare = content if keep else bare_png(content) if kind == "PNG" else bare_jpeg(content)
        if bare is not None:
            return bare
    with _alone(image, lock):
        made = _resized(image, longest, keep=keep)
    return _written(made, kind, quality, _beside(image) if keep else {})


def _resized(image: ImageFile.ImageFile, longest: int, *, keep: bool) -> Image.Image:
    scale = min(1.0, longest / max(image.size))
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    image.draft(image.mode, size)
    made = _plain(image)
    if made.size != size:
        # As sharp as bicubic on the way down, in little more than half the time.
        made = made.resize(size, Image.Resampling.HAMMING)
    return made if keep else ImageOps.exif_transpose(_in_srgb(made))


def _plain(image: Image.Image) -> Image.Image:
    if image.mode in ("RGB", "L", "RGBA", "LA"):
        image.load()
        return image
    see_through = image.mode in ("PA", "La", "RGBa") or "transparency" in image.info
    return image.convert("RGBA" if see_through else "L" if image.mode == "1" else "RGB")


def _in_srgb(image: Image.Image) -> Image.Image:
    """``image`` in the colours that a viewer takes for granted, because a profile may name its device."""
    profile = image.info.get("icc_profile")
    if not profile or _SRGB in profile or image.mode not in ("RGB", "RGBA"):
        return image
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB")) or image
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image


def _beside(image: Image.Image) -> dict[str, Any]:
    names = {"exif": "exif", "icc_profile": "icc_profile"}
    return {key: image.info[name] for key, name in names.items() if image.info.get(name)}


def _written(image: Image.Image, kind: str, quality: int, beside: dict[str, Any]) -> bytes:
    if kind == "JPEG" and image.mode not in ("RGB", "L"):
        image = image.convert("RGB")
    # Whatever else an image carries about would be written, too.
    image.info = {}
    target = BytesIO()
    image.save(target, kind, **({"quality": quality} if kind == "JPEG" else {}), **beside)
    return target.getvalue()
