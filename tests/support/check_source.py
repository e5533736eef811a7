#!/usr/bin/env python3
"""Checks the source against the rules of the project.

    check_source.py CHECK...       run these (include_direction, names, banned, budgets, words, headings,
                                   format, headers_alone, clang); without one, all but clang
    check_source.py --self-test    show that each check finds a planted violation
    --root DIR                     the source to check; this repository unless given
    --build DIR                    for clang: the build folder with compile_commands.json

One line a violation, "file:line: what"; the exit status is 1 when there is one.
"""
import argparse
import bisect
import fnmatch
import json
import os
import pathlib
import re
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]

# A module may include what stands on a level above its own, and itself.
LEVELS = [
    ["base"],
    ["events", "gazetteer", "geodata", "style"],
    ["timeline", "projection"],
    ["scene"],
    ["render", "output"],
    ["pipeline"],
    ["cli"],
]
SIBLINGS = {("output", "render")}
LEVEL_OF = {module: i for i, level in enumerate(LEVELS) for module in level}

# Where a library's headers may be included: a file, or a folder with all in it.
OWNERS = [
    (r"csv\.h", "base/csv_reader.c"),
    (r"emmintrin\.h", "base/"),
    (r"nettle/.*", "base/"),
    (r"shapefil\.h", "geodata/"),
    (r"proj\.h", "projection/"),
    (r"(cairo|pango|fontconfig|freetype|hb|ft2build).*", "render/"),
    (r"(png|zlib)\.h|isa-l(/.*|\.h)|igzip_lib\.h", "output/"),
    (r"glib(/.*|\.h)", ""),
    (r"(assert|ctype|errno|float|inttypes|limits|locale|math|setjmp|signal|stdalign|stdarg"
     r"|stdatomic|stdbool|stddef|stdint|stdio|stdlib|stdnoreturn|string|strings|threads|time|wchar)\.h", ""),
    (r"(dirent|dlfcn|fcntl|langinfo|malloc|poll|pthread|sched|sys/(ioctl|mman|resource|stat|time|types|wait)"
     r"|termios|unistd)\.h", ""),
]

VERBS = set("new free init clear load parse format find resolve at count is has draw write compute "
            "add alloc commit".split())

# Guess, overflow, depend on the locale or on hidden state: nowhere.
BANNED = set("atoi atol atoll atof strtol strtoul strtoll strtoull strtod strtof sscanf fscanf scanf "
             "sprintf vsprintf strcpy strcat strtok gets localtime localtime_r mktime system popen "
             "g_print g_printerr g_date_set_parse".split())
# Print, end the process, or read the clock, the environment or the working directory: the command
# line alone.
CLI_ONLY = set("printf vprintf fprintf vfprintf puts fputs putchar fputc putc perror exit _exit "
               "getenv g_getenv setenv putenv g_setenv setlocale isatty getcwd chdir "
               "g_get_current_dir time clock clock_gettime gettimeofday g_get_real_time "
               "g_get_monotonic_time g_date_time_new_now g_date_time_new_now_local "
               "g_date_time_new_now_utc".split())

MAX_FUNCTION_LINES = 100
P95_FUNCTION_LINES = 60
MAX_FILE_LINES = 600

SKIPPED_FOLDERS = {".git", "build", "out", "node_modules", ".cache", "__pycache__"}
# Taken apart, or this file would not pass.
WORDS = [
    (re.compile(r"\b(TO" r"DO|FIX" r"ME|X" r"XX|HA" r"CK)\b"), "unfinished: {}"),
    (re.compile(r"(?<![\w./-])(/wo" r"rk/|/tmp/ba" r"sh)"), "a path of somebody's machine: {}"),
]
RESOLVED = re.compile(r'"resolved"\s*:\s*"\w+://[^"/]+')

LIBRARIES = "glib-2.0 cairo pangocairo pangoft2 fontconfig proj shapelib libpng libisal nettle".split()

TOKEN = re.compile(r"//[^\n]*|/\*.*?\*/|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", re.S)
INCLUDE = re.compile(r"^[ \t]*#[ \t]*include[ \t]*([<\"])([^>\"]+)[>\"]", re.M)
DIRECTIVE = re.compile(r"^[ \t]*#(?:[^\n\\]|\\.)*", re.M | re.S)


class Source:
    """A C file's text, and the same without comments, literals and (in `code`) directives. All
    three have their lines at the same places."""

    def __init__(self, root, path):
        self.name = path.relative_to(root).as_posix()
        self.in_src = path.relative_to(root / "src").as_posix()
        self.text = path.read_text(encoding="utf-8")
        self.without_comments = TOKEN.sub(
            lambda m: m[0] if m[0][0] in "\"'" else blank(m[0]), self.text)
        self.code = DIRECTIVE.sub(lambda m: blank(m[0]), TOKEN.sub(lambda m: blank(m[0]), self.text))
        self.line_starts = [0] + [m.end() for m in re.finditer("\n", self.text)]

    def line(self, offset):
        return bisect.bisect_right(self.line_starts, offset)

    def at(self, offset, message):
        return f"{self.name}:{self.line(offset)}: {message}"


def blank(text):
    return re.sub(r"[^\n]", " ", text)


def sources(root, *suffixes):
    return [Source(root, path) for path in sorted((root / "src").rglob("*"))
            if path.suffix in (suffixes or (".c", ".h"))]


def top_level(code):
    """Yields (offset, text, body) for each declaration or definition outside braces. `body` is the
    offset of a function's closing brace, or None for all else."""
    depth = 0
    start = 0
    is_function = False
    for m in re.finditer(r"[{};]", code):
        if m[0] == "{":
            if depth == 0:
                is_function = code[start:m.start()].rstrip().endswith(")")
                head = code[start:m.start()]
            depth += 1
        elif m[0] == "}":
            depth -= 1
            if depth == 0 and is_function:
                yield start + len(head) - len(head.lstrip()), head.strip(), m.start()
                start = m.end()
        elif depth == 0:
            text = code[start:m.start()]
            yield start + len(text) - len(text.lstrip()), text.strip(), None
            start = m.end()


def check_include_direction(root):
    for source in sources(root):
        module = source.in_src.split("/")[0]
        if module not in LEVEL_OF:
            yield f"{source.name}:1: '{module}' is no module of the design"
            continue
        for m in INCLUDE.finditer(source.without_comments):
            problem = include_problem(root, source.in_src, module, m[1], m[2])
            if problem:
                yield source.at(m.start(2), problem)


def include_problem(root, file, module, quote, header):
    if quote == "<":
        for pattern, owner in OWNERS:
            if re.fullmatch(pattern, header):
                is_owner = file.startswith(owner) if owner.endswith("/") else owner in ("", file)
                return None if is_owner else f"<{header}> belongs to {owner} alone"
        return f"<{header}> is no header of the C library or of a library with an owner"
    folder = header.split("/")[0]
    if folder not in LEVEL_OF or ".." in header or not (root / "src" / header).is_file():
        return f"\"{header}\" is no path of a header below src/"
    if folder == module or LEVEL_OF[folder] < LEVEL_OF[module] or (module, folder) in SIBLINGS:
        return None
    return f"{module} may not include {folder}"


def check_names(root):
    allowed = [line.split()[0] for line in
               (root / "tests/support/names_allowed.txt").read_text().splitlines()
               if line.strip() and not line.startswith("#")]
    for source in sources(root, ".h"):
        for offset, text, _ in top_level(source.code):
            if text.startswith("typedef"):
                continue
            name = next((n for n in re.findall(r"\b(\w+)\s*\(", text) if not n.isupper()
                         and not re.match(r"_|G_", n)), None)
            if name is None or any(fnmatch.fnmatchcase(name, pattern) for pattern in allowed):
                continue
            if not name.startswith("evm_"):
                yield source.at(offset, f"{name}: public functions begin with evm_")
            elif not VERBS & set(name.split("_")):
                yield source.at(offset, f"{name}: no verb of the closed list; choose one, or give "
                                        "the reason in tests/support/names_allowed.txt")


def check_banned(root):
    for source in sources(root):
        in_cli = source.in_src.startswith("cli/")
        for m in re.finditer(r"(?<![\w.>])(\w+)\s*\(", source.code):
            if m[1] in BANNED:
                yield source.at(m.start(), f"{m[1]}: banned")
            elif m[1] in CLI_ONLY and not in_cli:
                yield source.at(m.start(), f"{m[1]}: only below cli/")


def check_budgets(root):
    lengths = []
    files = []
    for source in sources(root):
        files.append(source.text.count("\n"))
        if files[-1] > MAX_FILE_LINES:
            yield f"{source.name}:1: {files[-1]} lines, more than {MAX_FILE_LINES}"
        for offset, head, end in top_level(source.code):
            if end is None:
                continue
            lengths.append(source.line(end) - source.line(offset) + 1)
            if lengths[-1] > MAX_FUNCTION_LINES:
                name = re.search(r"(\w+)\s*\(", head)[1]
                yield source.at(offset, f"{name}: {lengths[-1]} lines, more than "
                                        f"{MAX_FUNCTION_LINES}")
    if lengths:
        lengths.sort()
        p95 = lengths[int(0.95 * (len(lengths) - 1))]
        print(f"{len(lengths)} functions: median {statistics.median(lengths):.0f} lines, "
              f"p95 {p95} (wanted: {P95_FUNCTION_LINES}), longest {lengths[-1]} "
              f"(at most {MAX_FUNCTION_LINES})")
        print(f"{len(files)} files, {sum(files)} lines: median {statistics.median(files):.0f}, "
              f"longest {max(files)} (at most {MAX_FILE_LINES})")


def repository_files(root):
    for folder, folders, names in os.walk(root):
        inside = pathlib.Path(folder).relative_to(root)
        # "build" and "out" are left out at the top only: geodata/build is source.
        folders[:] = sorted(f for f in folders if f not in SKIPPED_FOLDERS
                            or (f in ("build", "out") and inside != pathlib.Path(".")))
        for name in sorted(set(names) - {".git"}):  # a file in a linked worktree
            yield pathlib.Path(folder) / name


def check_words(root):
    for path in repository_files(root):
        data = path.read_bytes()
        if b"\0" in data[:8192]:
            continue
        name = path.relative_to(root).as_posix()
        for number, line in enumerate(data.decode("utf-8", "replace").split("\n"), 1):
            for pattern, message in WORDS:
                m = pattern.search(line)
                if m:
                    yield f"{name}:{number}: {message.format(m[1])}"
            if path.name == "package-lock.json" and RESOLVED.search(line):
                yield f"{name}:{number}: names a mirror: npm's omit-lockfile-registry-resolved " \
                      "leaves it out"


def check_headings(root):
    """A section that stands twice has outlived its own correction."""
    for path in repository_files(root):
        if path.suffix != ".md":
            continue
        lines = {}
        for number, line in enumerate(path.read_text().split("\n"), 1):
            if re.match("##? ", line) and lines.setdefault(line, number) != number:
                yield f"{path.relative_to(root)}:{number}: '{line}' also stands on line {lines[line]}"


def tool_problem(tool):
    return None if shutil.which(tool) else f"{tool} is not installed: tests/run installs it"


def check_format(root):
    if tool_problem("clang-format"):
        yield tool_problem("clang-format")
        return
    files = [str(path.relative_to(root)) for folder in ("src", "tests", "geodata/build")
             for path in sorted((root / folder).rglob("*.[ch]")) if "node_modules" not in path.parts]
    if files:
        result = subprocess.run(["clang-format", "--dry-run", "-Werror", *files], cwd=root,
                                stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        places = {}
        for name, line in re.findall(r"^(\S+?):(\d+):\d+: error: ", result.stderr, re.M):
            places.setdefault(name, []).append(line)
        for name, lines in places.items():
            yield f"{name}:{lines[0]}: not formatted here and in {len(lines) - 1} more places: " \
                  f"clang-format -i {name}"
        if result.returncode and not places:
            yield result.stderr


def in_parallel(commands, cwd):
    """Runs (label, command, input) on all processors; yields what the failing ones said."""
    def run(job):
        label, command, text = job
        result = subprocess.run(command, cwd=cwd, input=text, text=True, stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT)
        return f"{label}: {result.stdout}" if result.returncode else None

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        yield from filter(None, pool.map(run, commands))


def check_headers_alone(root):
    flags = subprocess.run(["pkg-config", "--cflags", *LIBRARIES], check=True, text=True,
                           stdout=subprocess.PIPE).stdout.split()
    # What the libraries' own headers do is not ours to mend.
    flags = [re.sub("^-I", "-isystem", flag) for flag in flags]
    compiler = [os.environ.get("CC", "cc"), "-std=c17", "-D_POSIX_C_SOURCE=200809L", "-fsyntax-only",
                "-Wall", "-Wextra", "-Wpedantic", "-Werror", *flags, "-Isrc", "-x", "c", "-"]
    # Twice: the guard must hold.
    end = "extern int unit_is_not_empty;\n"
    yield from in_parallel(((s.name, compiler, f'#include "{s.in_src}"\n' * 2 + end)
                            for s in sources(root, ".h")), root)


def check_clang(root, build=None):
    if tool_problem("clang"):
        yield tool_problem("clang")
        return
    database = pathlib.Path(build or root / "build/dev") / "compile_commands.json"
    if not database.is_file():
        yield f"{database}: not there; configure the dev preset first, or name another with --build"
        return
    jobs = []
    for entry in json.loads(database.read_text()):
        words = shlex.split(entry["command"])
        output = words.index("-o")
        words = ["clang", "-fsyntax-only", "-Werror", *words[1:output], *words[output + 2:]]
        name = os.path.relpath(entry["file"], root)
        jobs.append((name, ["env", "-C", entry["directory"], *words], ""))
    yield from in_parallel(jobs, root)


CHECKS = {name[len("check_"):]: function for name, function in list(globals().items())
          if name.startswith("check_")}

CLEAN_HEADER = """\
#ifndef EVM_{guard}_H
#define EVM_{guard}_H

#include <stddef.h>

/* strcpy(a, b) in a comment is no call. */
typedef struct {{
    size_t (*func)(void *user);
}} Evm{guard};

Evm{guard} *evm_{name}_new(const char *text);

#endif
"""

# check, path, text, part of the message
PLANTED = [
    ("include_direction", "src/base/x.c", '#include "events/a.h"\n', "base may not include events"),
    ("include_direction", "src/events/x.c", '#include "geodata/a.h"\n', "events may not include"),
    ("include_direction", "src/render/x.c", '#include "output/a.h"\n', "render may not include"),
    ("include_direction", "src/cli/x.c", '#include "../base/a.h"\n', "no path of a header"),
    ("include_direction", "src/base/x.c", '#include "a.h"\n', "no path of a header"),
    ("include_direction", "src/base/x.c", "#include <csv.h>\n", "belongs to base/csv_reader.c"),
    ("include_direction", "src/scene/x.c", "# include <cairo-svg.h>\n", "belongs to render/"),
    ("include_direction", "src/cli/x.c", "#include <proj.h>\n", "belongs to projection/"),
    ("include_direction", "src/cli/x.c", "#include <curl/curl.h>\n", "no header of the C library"),
    ("include_direction", "src/extra/x.c", "", "no module of the design"),
    ("names", "src/base/x.h", "int district_count(void);\n", "begin with evm_"),
    ("names", "src/base/x.h", "typedef int T;\nint evm_get(T\n  t);\n", "evm_get: no verb"),
    ("names", "src/base/x.h", "static inline int evm_go(void)\n{\n    return 0;\n}\n", "evm_go: no"),
    ("banned", "src/cli/x.c", "int f(void)\n{\n    return atoi(\"1\");\n}\n", "x.c:3: atoi"),
    ("banned", "src/base/x.c", "int a = sizeof(printf (\"\"));\n", "printf: only below cli/"),
    ("banned", "src/output/x.c", "char *a = getenv(\"x\");\n", "getenv: only below cli/"),
    ("budgets", "src/base/x.c", "void f(int a,\n       int b)\n{\n" + "\n" * 98 + "}\n",
     "f: 102 lines"),
    ("budgets", "src/base/x.c", "\n" * 601, "601 lines"),
    ("words", "docs/x.md", "later: FIX" "ME\n", "unfinished"),
    ("words", "geodata/build/x.sh", "cd /wo" "rk/main\n", "somebody's machine"),
    ("words", "a/package-lock.json", '"resolved": "http://mirror.example/a.tgz"\n', "a mirror"),
    ("headings", "docs/x.md", "## A\n\n## B\n\n## A\n", "docs/x.md:5: '## A' also stands on line 1"),
    ("format", "src/base/x.c", "int  a;\n", "src/base/x.c:1: not formatted"),
    ("headers_alone", "src/base/x.h", "size_t evm_count(void);\n", "unknown type name"),
    ("headers_alone", "src/base/x.h", "enum { EVM_A };\n", "redeclaration"),
    ("clang", "src/base/x.c", "int f(void);\nint f(void)\n{\n    int a;\n    return a;\n}\n",
     "uninitialized"),
]


def run_check(check, root):
    if check != "clang":
        return list(CHECKS[check](root))
    with tempfile.TemporaryDirectory() as build:
        commands = [{"directory": build, "file": str(path),
                     "command": f"cc -Wall -I{root}/src -o x.o -c {path}"}
                    for path in root.glob("src/*/*.c")]
        pathlib.Path(build, "compile_commands.json").write_text(json.dumps(commands))
        return list(check_clang(root, build))


def self_test():
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for module in LEVEL_OF:
            (root / "src" / module).mkdir(parents=True)
            (root / "src" / module / "a.h").write_text(
                CLEAN_HEADER.format(guard=module.title(), name=module))
        (root / "tests/support").mkdir(parents=True)
        (root / "tests/support/names_allowed.txt").write_text("evm_error_quark GLib's word\n")
        (root / "src/base/b.h").write_text("int evm_error_quark(void);\n")
        (root / "src/cli/a.c").write_text(
            '#include "cli/a.h"\n#include "output/a.h"\n\nconst char *a = "atoi(1)";\n')
        (root / "src/output/a.c").write_text('#include "render/a.h"\n')
        shutil.copy(REPOSITORY / ".clang-format", root)
        for check in CHECKS:
            found = run_check(check, root)
            if found:
                failed += 1
                print(f"{check}: a clean tree does not pass: {found}")
        for check, path, text, wanted in PLANTED:
            path = root / path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
            found = run_check(check, root)
            if not any(wanted in line for line in found):
                failed += 1
                print(f"{check}: wanted '{wanted}' for {text!r}, got {found}")
            path.unlink()
            if path.parent == root / "src/extra":
                path.parent.rmdir()
    print(f"{len(PLANTED)} violations planted, {failed} failures")
    return failed == 0


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("checks", nargs="*")
    parser.add_argument("--root", type=pathlib.Path, default=REPOSITORY)
    parser.add_argument("--build")
    parser.add_argument("--self-test", action="store_true")
    arguments = parser.parse_args()
    if arguments.self_test:
        sys.exit(0 if self_test() else 1)
    unknown = [check for check in arguments.checks if check not in CHECKS]
    if unknown:
        parser.error(f"unknown check {unknown[0]}: choose from {', '.join(CHECKS)}")
    found = []
    for check in arguments.checks or [c for c in CHECKS if c != "clang"]:
        more = {"build": arguments.build} if check == "clang" else {}
        found += CHECKS[check](arguments.root.resolve(), **more)
    print("\n".join(found) if found else "nothing found")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
