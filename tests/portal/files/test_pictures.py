"""Pictures are made anew: upright, without where they were taken, and as good to look at."""

import io

import pytest
from PIL import Image

from portal.files import rules
from portal.files.check import FileRefused, check_upload
from tests.portal.files.samples import CAMERA, GPS_IFD, LATITUDE, ORIENTATION, opened, photo, png


def test_where_and_with_what_it_was_taken_is_gone() -> None:
    before = photo()
    assert opened(before).getexif().get_ifd(GPS_IFD)[LATITUDE]
    kept = check_upload("holiday.JPG", before).content
    exif = opened(kept).getexif()
    assert not exif.get_ifd(GPS_IFD)
    assert CAMERA not in exif
    assert b"Exif" not in kept
    assert b"taken at home" not in kept


def test_a_picture_taken_sideways_stands_upright() -> None:
    kept = opened(check_upload("a.jpg", photo(orientation=6)).content)
    assert kept.size == (20, 40)
    assert ORIENTATION not in kept.getexif()
    red, _, blue = kept.convert("RGB").getpixel((10, 5))  # type: ignore[misc]
    assert red > 200 > 60 > blue


def test_what_hides_after_a_picture_is_gone() -> None:
    for name, content in (("a.jpg", photo()), ("a.png", png(Image.new("RGB", (9, 9))))):
        assert b"<script>" not in check_upload(name, content + b"<script>alert(1)</script>").content


def test_text_inside_a_png_is_gone() -> None:
    from PIL.PngImagePlugin import PngInfo

    notes = PngInfo()
    notes.add_text("Author", "Sam")
    notes.add_itxt("Home", "1 High Street", zip=True)
    kept = check_upload("a.png", png(Image.new("RGB", (9, 9)), pnginfo=notes, dpi=(300, 300)))
    assert opened(kept.content).info == {}


@pytest.mark.parametrize(
    ("picture", "options", "mode", "pixel"),
    [
        (Image.new("RGB", (5, 5), (1, 2, 3)), {}, "RGB", (1, 2, 3)),
        (Image.new("RGBA", (5, 5), (1, 2, 3, 4)), {}, "RGBA", (1, 2, 3, 4)),
        (Image.new("LA", (5, 5), (9, 4)), {}, "RGBA", (9, 9, 9, 4)),
        (Image.new("P", (5, 5), 0), {"transparency": 0}, "RGBA", (0, 0, 0, 0)),
        (Image.new("P", (5, 5), 0), {}, "RGB", (0, 0, 0)),
        (Image.new("1", (5, 5), 1), {}, "L", 255),
        (Image.new("L", (5, 5), 77), {}, "L", 77),
        (Image.new("I;16", (5, 5), 77 * 256), {}, "L", 77),
    ],
    ids=["RGB", "RGBA", "LA", "P transparent", "P", "1", "L", "I;16"],
)
def test_every_kind_of_png_looks_the_same_afterwards(
    picture: Image.Image, options: dict[str, object], mode: str, pixel: object
) -> None:
    kept = opened(check_upload("a.png", png(picture, **options)).content)
    assert (kept.mode, kept.getpixel((2, 2))) == (mode, pixel)


@pytest.mark.parametrize(("mode", "kept"), [("L", "L"), ("CMYK", "RGB"), ("RGB", "RGB")])
def test_every_kind_of_jpeg_is_taken(mode: str, kept: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (30, 30)).save(out, "JPEG")
    assert opened(check_upload("a.jpeg", out.getvalue()).content).mode == kept


def test_a_phone_picture_of_several_frames_becomes_one() -> None:
    frame, out = Image.new("RGB", (30, 30), "red"), io.BytesIO()
    frame.save(out, "MPO", save_all=True, append_images=[frame])
    assert opened(out.getvalue()).format == "MPO"
    kept = opened(check_upload("a.jpg", out.getvalue()).content)
    assert kept.format == "JPEG"


@pytest.mark.parametrize("pixels", [rules.MAX_PIXELS, 2 * rules.MAX_PIXELS, 4 * rules.MAX_PIXELS])
def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(pixels: int) -> None:
    content = png(Image.new("1", (10_000, pixels // 10_000 + 1)))
    assert len(content) < 100_000
    with pytest.raises(FileRefused, match="too large"):
        check_upload("a.png", content)
