#!/usr/bin/env python3
"""Draws a sheet in every layout and language, and every symbol there is, and writes one page that
shows them all side by side, to be looked at.

    tests/gallery/gallery.py build/dev/evmap out/gallery      then open out/gallery/index.html

Fails when a sheet cannot be drawn, or is not of the size it ought to be."""
import html
import os
import struct
import subprocess
import sys

LAYOUTS = {"landscape": (1600, 1200), "portrait": (1200, 1500), "square": (1080, 1080),
           "story": (1080, 1920), "card": (1200, 630), "film": (1920, 1080), "thumbnail": (400, 300),
           "a4": (1123, 794), "a3": (1587, 1123)}
LANGUAGES = ["en", "fa", "ps", "fr"]
DAY = ["--date", "2021-07-05"]
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
}


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
            parts.append(figure(folder, what, path))
    parts.append("<h2>symbols and cases</h2>")
    for what, arguments in SPECIAL.items():
        parts.append(figure(folder, what, draw(evmap, folder, what, arguments)))
    with open(os.path.join(folder, "index.html"), "w", encoding="utf-8") as file:
        file.write("\n".join(parts) + "\n")
    print("%d sheets: %s" % (len(LAYOUTS) * len(LANGUAGES) + len(SPECIAL),
                             os.path.join(folder, "index.html")))


main()
