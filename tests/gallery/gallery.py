#!/usr/bin/env python3
"""Draws a sheet in every layout and language, and every symbol and theme there is, and puts them side
by side, to be looked at: on a page, and as one picture.

    tests/gallery/gallery.py build/dev/evmap out/gallery

writes out/gallery/index.html and, where ffmpeg is installed, out/gallery/contact-sheet.png. Fails when
a sheet cannot be drawn, or is not of the size it ought to be."""
import csv
import html
import os
import shutil
import struct
import subprocess
import sys

LAYOUTS = {"landscape": (1600, 1200), "portrait": (1200, 1500), "square": (1080, 1080),
           "story": (1080, 1920), "card": (1200, 630), "film": (1920, 1080), "thumbnail": (400, 300),
           "a4": (1123, 794), "a3": (1587, 1123)}
LANGUAGES = ["en", "fa", "ps", "fr"]
DAY = ["--date", "2021-07-05"]
OTHERS = ["ISKP", "Hezb-e Islami", "Junbish", "Jamiat", "Hizb-e Wahdat", "Haqqani network"]
THEME = """[theme]
name=daily
[actors]
Taliban=#7a3b69
[fonts]
latin=Noto Sans
latin-title=Noto Serif
arabic=Noto Sans Arabic
[lines]
country-border=3
[sheet]
credit=Graphics: Kabul Daily.
logo=logo.png
"""
SPECIAL = {
    "every symbol": DAY + ["--stale-after", "30"],
    "a holder of what nobody claimed": DAY + ["--baseline", "government"],
    "as known earlier": DAY + ["--as-known-on", "2021-07-01"],
    "before anything": ["--date", "2020-01-01"],
    "the last day": ["--date", "2021-08-15"],
    "one province": DAY + ["--area", "Badakhshan"],
    "two provinces": DAY + ["--area", "Kunduz,Takhar"],
    "small": DAY + ["--size", "800x600"],
    "wide": DAY + ["--size", "1920x1080"],
    "dark": DAY + ["--theme", "dark"],
    "print": DAY + ["--theme", "print", "--stale-after", "30"],
    "graticule": DAY + ["--graticule"],
    "another projection": DAY + ["--crs", "EPSG:32642"],
    "north turned away": DAY + ["--crs", "EPSG:32639", "--graticule"],
    "further actors": DAY + ["--stale-after", "30", "--events", "others.csv"],
    "further actors dark": DAY + ["--theme", "dark", "--events", "others.csv"],
    "further actors print": DAY + ["--theme", "print", "--events", "others.csv"],
    "theme of a newsroom": DAY + ["--theme", "daily.ini"],
    "theme of a newsroom fa": DAY + ["--theme", "daily.ini", "--lang", "fa"],
}
OWN_FILES = ["others.csv", "daily.ini"]
CELL = 640, 480
COLUMNS = 8
FONT = "/usr/share/fonts/opentype/inter/Inter-Medium.otf"


def draw(evmap, folder, what, arguments):
    """The path of the PNG that evmap wrote into a folder of its own."""
    own = os.path.join(folder, what.replace(" ", "-"))
    result = subprocess.run([evmap, "render", "-q", "--formats", "png", "--out", own] + arguments,
                            capture_output=True, text=True)
    pictures = [f for f in os.listdir(own) if f.endswith(".png")] if os.path.isdir(own) else []
    if result.returncode not in (0, 1) or len(pictures) != 1:
        sys.exit("%s: exit status %d, %d pictures\n%s" %
                 (what, result.returncode, len(pictures), result.stderr))
    return os.path.join(own, pictures[0])


def size_of(path):
    with open(path, "rb") as file:
        return struct.unpack(">2I", file.read(24)[16:])


def write_others(source, path):
    """The events of the offensive, most of them claimed by actors that no theme knows."""
    with open(source, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        for row in rows:
            side = sum(row["district"].encode()) % (len(OTHERS) + 2)
            if row["actor"] == "Taliban" and side < len(OTHERS):
                row["actor"] = OTHERS[side]
            writer.writerow(row)


def write_own_files(folder, logo):
    here = os.path.dirname(os.path.abspath(__file__))
    write_others(os.path.join(here, "../../events/events_2021.csv"),
                 os.path.join(folder, "others.csv"))
    shutil.copy(logo, os.path.join(folder, "logo.png"))
    with open(os.path.join(folder, "daily.ini"), "w", encoding="utf-8") as file:
        file.write(THEME)


def contact_sheet(sheets, path):
    """All sheets in one picture; `sheets` are pairs of what is shown and its PNG."""
    width, height = CELL
    cells = "".join(
        "[%d]scale=%d:%d:force_original_aspect_ratio=decrease:flags=area,"
        "pad=%d:%d:(ow-iw)/2:8:0xdddddd,drawtext=fontfile=%s:text='%s':x=12:y=h-26:"
        "fontsize=18[c%d];" % (i, width - 16, height - 44, width, height, FONT, what, i)
        for i, (what, _) in enumerate(sheets))
    places = "|".join("%d_%d" % (i % COLUMNS * width, i // COLUMNS * height)
                      for i in range(len(sheets)))
    stack = "".join("[c%d]" % i for i in range(len(sheets)))
    inputs = [part for _, sheet in sheets for part in ("-i", sheet)]
    subprocess.run(["ffmpeg", "-v", "error", "-y"] + inputs +
                   ["-filter_complex", "%s%sxstack=inputs=%d:layout=%s:fill=0xdddddd" %
                    (cells, stack, len(sheets), places), "-frames:v", "1", path], check=True)


def figure(folder, what, path):
    width, height = size_of(path)
    link = html.escape(os.path.relpath(path, folder))
    return ('<figure><a href="%s"><img src="%s" width="%d" height="%d" alt="%s"></a>'
            '<figcaption>%s, %d×%d</figcaption></figure>' %
            (link, link, width * 480 // height, 480, html.escape(what), html.escape(what),
             width, height))


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    evmap, folder = sys.argv[1:]
    sheets = []
    parts = ['<!DOCTYPE html><meta charset="utf-8"><title>evmap: all sheets</title>',
             '<style>body{font:14px sans-serif;background:#ddd}figure{display:inline-block;'
             'margin:8px}img{background:#fff}</style>']
    for layout, size in LAYOUTS.items():
        parts.append("<h2>%s</h2>" % layout)
        for language in LANGUAGES:
            what = "%s %s" % (layout, language)
            path = draw(evmap, folder, what, DAY + ["--layout", layout, "--lang", language])
            if size_of(path) != size:
                sys.exit("%s: %dx%d instead of %dx%d" % ((what,) + size_of(path) + size))
            sheets.append((what, path))
            parts.append(figure(folder, what, path))
    parts.append("<h2>symbols and cases</h2>")
    write_own_files(folder, sheets[-1][1])
    for what, arguments in SPECIAL.items():
        own = [os.path.join(folder, a) if a in OWN_FILES else a for a in arguments]
        sheets.append((what, draw(evmap, folder, what, own)))
        parts.append(figure(folder, *sheets[-1]))
    with open(os.path.join(folder, "index.html"), "w", encoding="utf-8") as file:
        file.write("\n".join(parts) + "\n")
    print("%d sheets: %s" % (len(sheets), os.path.join(folder, "index.html")))
    if shutil.which("ffmpeg"):
        contact_sheet(sheets, os.path.join(folder, "contact-sheet.png"))
        print("all of them: %s" % os.path.join(folder, "contact-sheet.png"))
    else:
        print("no contact sheet: ffmpeg is not installed")


main()
