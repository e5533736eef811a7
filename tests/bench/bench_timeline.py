#!/usr/bin/env python3
"""Time the frames of a timeline against MapServer's mapscript drawing as many, in alternating runs.

Both make 107 daily frames of 1280x960 with two threads or processes. evmap is given what a user has:
the full-resolution boundaries and the shipped events; everything that it does counts, up to index.json.
Its frames have the date, the counts and a chart (`--layout film`), or also a list of developments that
changes every day (`list`: without --layout).
mapscript is given polygons that were projected and simplified beforehand and each day's colours from
evmap's own tables; it draws 398 polygons with borders, 40 labels, a title with the date and the counts,
and writes PNGs of compression 1. Then evmap alone, with the list: a year of daily frames, the same command again with nothing to
do, one event added, a palette, and how long copying the bytes of its frames to new files
takes. Last, each kind of film by itself, made of frames that are there.

    tests/bench/bench_timeline.py PATH/geoBoundaries-AFG-ADM2.shp [--runs 7]

Needs the packages of the group [bench] in docs/packages.txt. Prints medians and ratios of medians;
absolute times are worth little on a shared machine.
"""
import argparse
import csv
import multiprocessing
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile

from bench_render import ROOT, run_once

FROM, TO, FRAMES = "2021-05-01", "2021-08-15", 107
MIDDLE = "2021-07-04"
YEAR_FROM, YEAR_TO, YEAR_FRAMES = "2021-01-01", "2021-12-31", 365
ALBERS = "+proj=aea +lat_1=30.9 +lat_2=36.9 +lat_0=33.9 +lon_0=67.7 +datum=WGS84"
METRES_PER_PX = 1000  # of the country on a page of 1280x960
COLORS = {"taliban": "200 75 55", "government": "95 158 209", "contested": "233 172 60"}
NO_COLOR = "210 206 199"
PROCESSES = 2

MAPFILE = """MAP
  SIZE 1280 960
  EXTENT {extent}
  UNITS METERS
  IMAGECOLOR 255 255 255
  FONTSET "{fontset}"
  OUTPUTFORMAT NAME "png" DRIVER "AGG/PNG" IMAGEMODE RGB FORMATOPTION "COMPRESSION=1" END
  IMAGETYPE "png"
  {layers}
  LAYER NAME "names" TYPE POINT STATUS ON
    CLASS LABEL TYPE TRUETYPE FONT "label" SIZE 10 COLOR 28 28 30 OUTLINECOLOR 255 255 255
      FORCE TRUE END END
  END
  LAYER NAME "title" TYPE POINT STATUS ON
    CLASS LABEL TYPE TRUETYPE FONT "label" SIZE 20 COLOR 28 28 30 POSITION CR FORCE TRUE END END
  END
END
"""


def import_mapscript():
    try:
        import mapscript
    except ImportError:
        sys.exit("bench_timeline: python3-mapscript is missing for this python3: install the packages "
                 "of group bench, and run the bench with /usr/bin/python3")
    return mapscript


def prepare_shapes(mapscript, source, target):
    """Shapes as WKT in metres, simplified to less than half a pixel; returns their extent."""
    geographic = mapscript.projectionObj("+proj=longlat +datum=WGS84")
    albers = mapscript.projectionObj(ALBERS)
    read = mapscript.shapefileObj(str(source), -1)
    texts, boxes = [], []
    for i in range(read.numshapes):
        shape = read.getShape(i)
        shape.project(geographic, albers)
        shape = shape.topologyPreservingSimplify(0.45 * METRES_PER_PX)
        shape.setBounds()
        texts.append(shape.toWKT())
        box = shape.bounds
        boxes.append((box.minx, box.miny, box.maxx, box.maxy))
    target.write_text("\n".join(texts))
    left, bottom, right, top = zip(*boxes)
    return min(left), min(bottom), max(right), max(top)


def load_days(folder):
    """[(date, [number of a colour for every district])], from evmap's own tables."""
    classes = list(COLORS)
    days = []
    for path in sorted(folder.glob("afghanistan-*.csv")):
        with path.open(newline="") as table:
            controls = [row["control"].lower() for row in csv.DictReader(table)]
        days.append((path.stem[-10:],
                     [classes.index(c) if c in classes else len(classes) for c in controls]))
    return days


def prepare_peer(shapefile, evmap, folder):
    mapscript = import_mapscript()
    extent = prepare_shapes(mapscript, shapefile, folder / "districts.wkt")
    run_once([evmap, "timeline", "--from", FROM, "--to", TO, "--formats", "csv", "-q", "--geodata",
              shapefile, "--out", folder / "days"])
    font = "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf"
    (folder / "fonts.list").write_text(f"label {font}\n")
    layers = "\n  ".join(
        f'LAYER NAME "{number}" TYPE POLYGON STATUS ON CLASS STYLE COLOR {color} '
        "OUTLINECOLOR 255 255 255 WIDTH 0.7 END END END"
        for number, color in enumerate([*COLORS.values(), NO_COLOR]))
    (folder / "peer.map").write_text(MAPFILE.format(
        extent=" ".join(f"{value:.0f}" for value in extent), fontset=folder / "fonts.list",
        layers=layers))


def add_text(mapscript, layer, x, y, text):
    line = mapscript.lineObj()
    line.add(mapscript.pointObj(x, y))
    shape = mapscript.shapeObj(mapscript.MS_SHAPE_POINT)
    shape.add(line)
    shape.text = text
    layer.addFeature(shape)


def draw_frame(mapscript, blank, shapes, day, path):
    date, classes = day
    page = blank.clone()
    layers = [page.getLayerByName(str(number)) for number in range(len(COLORS) + 1)]
    for shape, number in zip(shapes, classes):
        layers[number].addFeature(shape)
    box = page.extent
    names = page.getLayerByName("names")
    for i in range(40):
        add_text(mapscript, names, box.minx + (0.1 + i % 8 * 0.1) * (box.maxx - box.minx),
                 box.miny + (0.1 + i // 8 * 0.15) * (box.maxy - box.miny), f"Place {i}")
    held = ", ".join(f"{name} {classes.count(n)}" for n, name in enumerate(COLORS))
    add_text(mapscript, page.getLayerByName("title"), box.minx, box.maxy - 40 * METRES_PER_PX,
             f"{date}: {held}")
    page.draw().save(str(path), page)


def draw_share(folder, share):
    mapscript = import_mapscript()
    page = mapscript.mapObj(str(folder / "peer.map"))
    shapes = [mapscript.shapeObj.fromWKT(text)
              for text in (folder / "districts.wkt").read_text().splitlines()]
    for shape in shapes:
        shape.setBounds()  # else it is taken to lie outside of the picture
    days = load_days(folder / "days")
    for i in range(share * len(days) // PROCESSES, (share + 1) * len(days) // PROCESSES):
        draw_frame(mapscript, page, shapes, days[i], folder / "peer" / f"{days[i][0]}.png")


def draw_as_peer(folder):
    """What a process of the peer does."""
    workers = [multiprocessing.Process(target=draw_share, args=(folder, share))
               for share in range(PROCESSES)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    sys.exit(any(worker.exitcode for worker in workers))


class Bench:
    def __init__(self, options, folder):
        self.folder, self.options = folder, options
        events = ROOT / "events/events_2021.csv"
        self.events = folder / "events.csv"
        with events.open(newline="") as table:
            self.rows = list(csv.reader(table))
        self.write_events(self.rows)
        self.out = folder / "frames"

    def write_events(self, rows):
        with self.events.open("w", newline="") as table:
            csv.writer(table).writerows(rows)

    def timeline(self, first, last, jobs=2, *more):
        return [self.options.evmap, "timeline", "--from", first, "--to", last, "--size", "1280x960",
                "--jobs", str(jobs), "-q", "--geodata", self.options.shapefile, "--events",
                self.events, "--out", self.out, *more]

    def clear(self):
        shutil.rmtree(self.out, ignore_errors=True)

    def change_event(self, turn):
        """One row more, of the middle of the period, with other words each time."""
        row = {"id": "bench", "date": MIDDLE, "province": "Herat", "district": "Guzara",
               "kind": "clash", "actor": "Taliban", "headline": f"Fighting, turn {turn}."}
        self.write_events([*self.rows, [row.get(name, "") for name in self.rows[0]]])


def copy_bytes(bench):
    """The same bytes to new files in another folder: what writing alone takes."""
    target = bench.folder / "copies"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    code = ("import os,sys,time\n"
            "data=[open(e.path,'rb').read() for e in os.scandir(sys.argv[1]) if "
            "e.name.endswith('.png') and not e.is_symlink()]\n"
            "t=time.perf_counter()\n"
            "for i,d in enumerate(data):\n"
            "    f=os.open(f'{sys.argv[2]}/{i}.part',os.O_WRONLY|os.O_CREAT)\n"
            "    os.write(f,d); os.close(f)\n"
            "    os.rename(f'{sys.argv[2]}/{i}.part',f'{sys.argv[2]}/{i}.png')\n"
            "print(time.perf_counter()-t)\n")
    said = subprocess.run([sys.executable, "-c", code, bench.out, target], capture_output=True,
                          text=True, check=True)
    return float(said.stdout), 0


def run_turn(bench, turn):
    """{name: (seconds, MB)} of every thing measured, once."""
    results = {}
    (bench.folder / "peer").mkdir(exist_ok=True)
    results["mapscript"] = run_once([sys.executable, __file__, "--as-peer", bench.folder])
    bench.change_event(0)
    for name, layout in (("film", ["--layout", "film"]), ("list", [])):
        for jobs in (2, 1):
            bench.clear()
            results[f"{name}, {jobs} job{'s' * (jobs > 1)}"] = run_once(
                bench.timeline(FROM, TO, jobs, *layout))
    bench.clear()
    run_once(bench.timeline(FROM, TO))
    results["nothing to do"] = run_once(bench.timeline(FROM, TO))
    results["writing the bytes"] = copy_bytes(bench)
    bench.change_event(turn + 1)
    results["one row added"] = run_once(bench.timeline(FROM, TO))
    bench.clear()
    results["with a palette"] = run_once(bench.timeline(FROM, TO, 2, "--lossy-palette"))
    bench.clear()
    results["a year"] = run_once(bench.timeline(YEAR_FROM, YEAR_TO))
    return results


def report_films(bench):
    """What is added to the frames' own time by each kind of film."""
    bench.clear()
    run_once(bench.timeline(FROM, TO))
    alone = run_once(bench.timeline(FROM, TO))[0]
    for film in ("mp4", "webm", "webp", "gif"):
        seconds = run_once(bench.timeline(FROM, TO, 2, "--formats", f"png,{film}"))[0] - alone
        size = next(bench.out.glob(f"*.{film}")).stat().st_size
        print(f"film {film:13} {seconds:6.2f} s  {size / 1e6:6.1f} MB")


def report(turns):
    medians = {}
    for name in turns[0]:
        walls = [turn[name][0] for turn in turns]
        medians[name] = statistics.median(walls)
        frames = YEAR_FRAMES if name == "a year" else FRAMES
        print(f"{name:18} median {medians[name]:6.3f} s  min {min(walls):6.3f}  max {max(walls):6.3f}"
              f"  {frames / medians[name]:6.0f} frames/s  peak {max(t[name][1] for t in turns):5.0f} MB")
    for name in ("film, 2 jobs", "list, 2 jobs"):
        print(f"{name} / mapscript, ratio of medians: {medians[name] / medians['mapscript']:.3f}")
    print(f"list, 2 jobs / writing the bytes: {medians['list, 2 jobs'] / medians['writing the bytes']:.1f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("shapefile", type=pathlib.Path)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--evmap", type=pathlib.Path, default=ROOT / "build/release/evmap")
    options = parser.parse_args()
    if not options.evmap.exists():
        sys.exit(f"bench_timeline: no {options.evmap}: run ./evmap version once")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        prepare_peer(options.shapefile.resolve(), options.evmap, folder)
        bench = Bench(options, folder)
        report([run_turn(bench, turn) for turn in range(options.runs + 1)][1:])
        report_films(bench)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--as-peer"]:
        draw_as_peer(pathlib.Path(sys.argv[2]))
    main()
