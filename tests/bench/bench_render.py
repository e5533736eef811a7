#!/usr/bin/env python3
"""Time one cold render of evmap against MapServer drawing the same map, in alternating runs.

Both draw the 398 districts of the full-resolution geoBoundaries file (polygons, borders, 40 labels)
as one 1600x1200 PNG, each in a process of its own. evmap also joins the shipped events, lays out the
sheet and writes a manifest. The same again as SVG, with the gzipped sizes of both.

    tests/bench/bench_render.py PATH/geoBoundaries-AFG-ADM2.shp [--runs 21] [--pause 2]

With a pause before each run, memory that the machine has taken back meanwhile has to be fetched again,
as for a command that somebody types.
Needs the packages of the group [bench] in docs/packages.txt. Prints medians and the ratio of medians;
absolute times are worth little on a shared machine.
"""
import argparse
import gzip
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]

MAPFILE = """MAP
  SIZE 1600 1200
  EXTENT 60.3 29.2 75.1 38.7
  UNITS DD
  IMAGECOLOR 255 255 255
  FONTSET "{fontset}"
  OUTPUTFORMAT
    NAME "{format}"
    {driver}
    IMAGEMODE RGB
  END
  IMAGETYPE "{format}"
  PROJECTION "+proj=longlat +datum=WGS84" END
  LAYER
    NAME "districts" TYPE POLYGON STATUS DEFAULT DATA "{shp}"
    CLASS STYLE COLOR 184 74 60 OUTLINECOLOR 255 255 255 WIDTH 0.7 END END
  END
  LAYER
    NAME "borders" TYPE LINE STATUS DEFAULT DATA "{shp}"
    CLASS STYLE COLOR 93 88 82 WIDTH 1.1 END END
  END
  LAYER
    NAME "labels" TYPE POINT STATUS DEFAULT
    {points}
    CLASS
      LABEL TYPE TRUETYPE FONT "label" SIZE 10 COLOR 28 28 30 OUTLINECOLOR 255 255 255 END
    END
  END
END
"""


DRIVERS = {"png": 'DRIVER "AGG/PNG"\n    FORMATOPTION "COMPRESSION=1"', "svg": 'DRIVER "CAIRO/SVG"'}


def label_points():
    """40 named points over the country, on a grid of 8 by 5."""
    points = []
    for i in range(40):
        lon, lat = 61.5 + (i % 8) * 1.3, 30.5 + (i // 8) * 1.4
        points.append(f'FEATURE POINTS {lon} {lat} END TEXT "Place {i}" END')
    return "\n    ".join(points)


def write_mapfile(folder, shp, font, format):
    fontset = folder / "fonts.list"
    fontset.write_text(f"label {font}\n")
    mapfile = folder / f"bench-{format}.map"
    mapfile.write_text(MAPFILE.format(fontset=fontset, shp=shp, points=label_points(),
                                      format=format, driver=DRIVERS[format]))
    return mapfile


def peer_command(folder, shp, format):
    font = "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf"
    mapfile = write_mapfile(folder, shp.resolve(), font, format)
    return [shutil.which("map2img"), "-m", mapfile, "-o", folder / f"peer.{format}"]


def run_once(command):
    """Wall seconds and peak memory in MB of one process."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"bench_render: {' '.join(map(str, command))}: status {process.returncode}")
    return wall, usage.ru_maxrss / 1024


def alternate(commands, runs, pause):
    """{name: ([wall], [rss])}: every command in turn, after one warm-up of each."""
    results = {name: ([], []) for name in commands}
    for turn in range(runs + 1):
        for name, command in commands.items():
            time.sleep(pause)
            wall, rss = run_once(command)
            if turn:
                results[name][0].append(wall)
                results[name][1].append(rss)
    return results


def report(results):
    for name, (walls, rss) in results.items():
        print(f"{name:16} wall median {statistics.median(walls) * 1000:7.1f} ms  "
              f"min {min(walls) * 1000:7.1f}  max {max(walls) * 1000:7.1f}  "
              f"peak {max(rss):6.1f} MB")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("shapefile", type=pathlib.Path)
    parser.add_argument("--runs", type=int, default=21)
    parser.add_argument("--pause", type=float, default=0, help="seconds before each run")
    parser.add_argument("--evmap", type=pathlib.Path, default=ROOT / "build/release/evmap")
    options = parser.parse_args()
    if not shutil.which("map2img"):
        sys.exit("bench_render: map2img is missing: install the packages of group bench")
    if not options.evmap.exists():
        sys.exit(f"bench_render: no {options.evmap}: run ./evmap version once")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        base = [options.evmap, "render", "--date", "2021-07-05", "-q", "--geodata",
                options.shapefile, "--out", folder]
        commands = {}
        for format in DRIVERS:
            commands[f"evmap {format}"] = [*base, "--formats", format]
            commands[f"MapServer {format}"] = peer_command(folder, options.shapefile, format)
        results = alternate(commands, options.runs, options.pause)
        report(results)
        for format in DRIVERS:
            ours, peers = (statistics.median(results[f"{program} {format}"][0])
                           for program in ("evmap", "MapServer"))
            print(f"evmap / MapServer, {format}, ratio of medians: {ours / peers:.2f}")
        for file in ("afghanistan-2021-07-05.svg", "peer.svg"):
            svg = (folder / file).read_bytes()
            print(f"{file}: {len(svg) / 1000:.0f} kB, gzipped "
                  f"{len(gzip.compress(svg, 9)) / 1000:.1f} kB")


if __name__ == "__main__":
    main()
