"""Make a PowerPoint deck of scenes that are cut into steps: one slide a step, which plays when it is entered.

python -m renders.powerpoint TARGET TITLE FOLDER …      (folders that renders.cut made)
"""

from __future__ import annotations

import sys
import uuid
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from lxml import etree
from PIL import Image
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu, Inches

from renders.coded import copy_tags, whole_rate
from renders.cut import Cut, Slide, read_cut, slides
from renders.making import put, reported, scratch

#: The most lines that PowerPoint and its kin play smoothly; the longer side of a slide.
MOST_LINES, LONG_SIDE = 1080, Emu(12_192_000)

#: By so much the pixels of a plain background may differ after coding.
_BLANK = 8

#: python-pptx's layout of a slide that has a title and nothing else.
_TITLE_ONLY = 5

#: Anything but now: the same deck is the same file.
_WHEN = datetime(2000, 1, 1)

#: What PowerPoint itself writes for a film that starts "Automatically": the slide plays it when it is entered, and the
#: next key goes to the next slide. python-pptx's own wants a click on the film.
_PLAYS = """
<p:timing {namespaces}><p:tnLst><p:par><p:cTn id="1" dur="indefinite" restart="never" nodeType="tmRoot"><p:childTnLst>
 <p:seq concurrent="1" nextAc="seek"><p:cTn id="2" dur="indefinite" nodeType="mainSeq"><p:childTnLst>
  <p:par><p:cTn id="3" fill="hold"><p:stCondLst><p:cond delay="indefinite"/>
   <p:cond evt="onBegin" delay="0"><p:tn val="2"/></p:cond></p:stCondLst><p:childTnLst>
   <p:par><p:cTn id="4" fill="hold"><p:stCondLst><p:cond delay="0"/></p:stCondLst><p:childTnLst>
    <p:par><p:cTn id="5" presetID="1" presetClass="mediacall" presetSubtype="0" fill="hold" nodeType="afterEffect">
     <p:stCondLst><p:cond delay="0"/></p:stCondLst><p:childTnLst>
     <p:cmd type="call" cmd="playFrom(0.0)"><p:cBhvr><p:cTn id="6" dur="{milliseconds}" fill="hold"/>
      <p:tgtEl><p:spTgt spid="{shape}"/></p:tgtEl></p:cBhvr></p:cmd>
    </p:childTnLst></p:cTn></p:par>
   </p:childTnLst></p:cTn></p:par>
  </p:childTnLst></p:cTn></p:par>
 </p:childTnLst></p:cTn>
 <p:prevCondLst><p:cond evt="onPrev" delay="0"><p:tgtEl><p:sldTgt/></p:tgtEl></p:cond></p:prevCondLst>
 <p:nextCondLst><p:cond evt="onNext" delay="0"><p:tgtEl><p:sldTgt/></p:tgtEl></p:cond></p:nextCondLst></p:seq>
 <p:video><p:cMediaNode vol="80000"><p:cTn id="7" fill="hold" display="0">
  <p:stCondLst><p:cond delay="indefinite"/></p:stCondLst></p:cTn>
  <p:tgtEl><p:spTgt spid="{shape}"/></p:tgtEl></p:cMediaNode></p:video>
</p:childTnLst></p:cTn></p:par></p:tnLst></p:timing>
"""

#: Where PowerPoint looks for the sections of a deck.
_SECTIONS = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"


def write(cuts: Sequence[Cut], folders: Sequence[Path], target: Path, title: str) -> None:
    """Write the deck `target`: whole or not at all."""
    with scratch() as unfinished:
        deck = Presentation()
        deck.slide_width, deck.slide_height = _slide_size(cuts[0].size)
        properties = deck.core_properties
        properties.title, properties.author, properties.last_modified_by = title, "", ""
        properties.created = properties.modified = _WHEN
        for cut, folder in zip(cuts, folders, strict=True):
            for slide in cut.slides:
                _add_slide(deck, cut, slide, _small_enough(folder, cut, slide, unfinished))
        _add_sections(deck, cuts)
        made, packed = unfinished / "made.pptx", unfinished / "packed.pptx"
        deck.save(str(made))
        _repack(made, packed)
        put(packed, target)


def _slide_size(size: tuple[int, int]) -> tuple[Emu, Emu]:
    longest = max(size)
    width, height = (Emu(round(LONG_SIDE * side / longest)) for side in size)
    return width, height


def _add_slide(deck: Any, cut: Cut, slide: Slide, files: tuple[Path, Path]) -> None:
    made = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
    fill = made.background.fill
    fill.solid()
    fill.fore_color.rgb = RGBColor(*bytes.fromhex(cut.background[1:]))  # type: ignore[no-untyped-call]
    # For outlines, screen readers and links; it stands above the slide, where nobody sees it.
    heading = made.shapes.title
    heading.text = f"{cut.name}: {slide.name}"
    heading.left, heading.top, heading.width, heading.height = 0, -Inches(1), deck.slide_width, Inches(0.8)
    video, poster = files
    film = made.shapes.add_movie(
        str(video), 0, 0, deck.slide_width, deck.slide_height, poster_frame_image=str(poster), mime_type="video/mp4"
    )
    film._element.nvPicPr.cNvPr.set("descr", slide.narration)
    timing = made.element.find(qn("p:timing"))
    plays = _PLAYS.format(namespaces=nsdecls("p"), milliseconds=round(slide.seconds * 1000), shape=film.shape_id)
    timing.getparent().replace(timing, parse_xml(plays))
    made.notes_slide.notes_text_frame.text = slide.narration


def _add_sections(deck: Any, cuts: Sequence[Cut]) -> None:
    """Group the slides by scene, as PowerPoint's sections. Their namespace is that of the films' own extension."""
    media = next(e for e in deck.slides[0].element.iter() if etree.QName(e).localname == "media")
    space = etree.QName(media).namespace
    sections = etree.Element(f"{{{space}}}sectionLst", nsmap={"p14": space})
    numbers = iter([each.get("id") for each in deck.slides._sldIdLst])
    for cut in cuts:
        identity = str(uuid.uuid5(uuid.NAMESPACE_OID, cut.scene)).upper()
        section = etree.SubElement(sections, f"{{{space}}}section", name=cut.name, id=f"{{{identity}}}")
        listed = etree.SubElement(section, f"{{{space}}}sldIdLst")
        for _ in cut.slides:
            etree.SubElement(listed, f"{{{space}}}sldId", id=next(numbers))
    presentation = deck.part._element
    extensions = presentation.find(qn("p:extLst"))
    if extensions is None:
        extensions = etree.SubElement(presentation, qn("p:extLst"))
    etree.SubElement(extensions, qn("p:ext"), uri=_SECTIONS).append(sections)


def _small_enough(folder: Path, cut: Cut, slide: Slide, scratch: Path) -> tuple[Path, Path]:
    """Return a step's video and its poster, both scaled down if they have more than `MOST_LINES`."""
    video, poster = folder / slide.video, _poster(folder, slide)
    if min(cut.size) <= MOST_LINES:
        return video, poster
    # Coding wants even sides.
    width, height = (round(side * MOST_LINES / min(cut.size) / 2) * 2 for side in cut.size)
    small = scratch / f"{cut.scene}-{slide.video}"
    _scale(video, small, width, height)
    picture = small.with_suffix(".png")
    with Image.open(poster) as full:
        full.resize((width, height), Image.Resampling.LANCZOS).save(picture)
    return small, picture


def _poster(folder: Path, slide: Slide) -> Path:
    """Return the picture that a step begins with, so that nothing jumps when it plays; if that is blank, its last one.

    It is all that overviews, printouts and programs without films show.
    """
    first = folder / slide.first
    with Image.open(first) as picture:
        blank = np.ptp(np.asarray(picture.convert("RGB")), axis=(0, 1)).max() <= _BLANK
    return folder / slide.last if blank else first


def _scale(video: Path, target: Path, width: int, height: int) -> None:
    """Code a video again in another size, with the same colours."""
    with av.open(video) as old, av.open(target, "w", format="mp4", options={"movflags": "+faststart"}) as new:
        source = old.streams.video[0]
        source.thread_type = "AUTO"
        rate = whole_rate(source)
        coded = new.add_stream("libx264", rate, options={"crf": "18", "preset": "veryfast"})
        coded.width, coded.height, coded.pix_fmt = width, height, "yuv420p"
        copy_tags(source, coded)
        for number, frame in enumerate(old.decode(source)):
            small = frame.reformat(width, height, interpolation="LANCZOS")
            small.pts, small.time_base = number, Fraction(1, rate)
            new.mux(coded.encode(small))
        new.mux(coded.encode())


def _repack(made: Path, target: Path) -> None:
    """Write the archive anew without the times of its files, and without packing films and pictures once more."""
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            packed = not name.endswith((".mp4", ".png"))
            entry.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
            new.writestr(entry, old.read(name))


def _deck_of(target: str, title: str, *given: str) -> Iterator[str]:
    folders = [Path(folder) for folder in given]
    cuts = [read_cut(folder) for folder in folders]
    write(cuts, folders, Path(target), title)
    yield f"{Path(target).name}: {slides(cuts)}"


def main(arguments: list[str]) -> int:
    """Make the deck, say so."""
    return reported("powerpoint", _deck_of(*arguments))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
