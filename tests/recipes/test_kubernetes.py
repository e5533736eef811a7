#!/usr/bin/env python3
"""The manifests of docs/recipes, read as Kubernetes reads them: their containers' commands are run
here as the pods would run them, with the volume's folder in the place of its mount."""

import filecmp
import os
import pathlib
import subprocess
import sys
import tempfile

try:
    import yaml
except ImportError:
    print("skipped: python3-yaml is not installed")
    sys.exit(77)

RECIPES = pathlib.Path(__file__).resolve().parents[2] / "docs/recipes"
PERIOD = "--from 2021-07-01 --to 2021-07-08 --size 640x480 -q"


def load_job(name):
    jobs = list(yaml.safe_load_all((RECIPES / name).read_text()))
    assert len(jobs) == 1, f"{name}: one manifest"
    job = jobs[0]
    assert (job["apiVersion"], job["kind"]) == ("batch/v1", "Job"), name
    return job


def check_volumes(job):
    """Every mount has its volume, and the folder that is written to is on one."""
    pod = job["spec"]["template"]["spec"]
    assert pod["restartPolicy"] in ("Never", "OnFailure")
    [container] = pod["containers"]
    volumes = {volume["name"] for volume in pod["volumes"]}
    mounts = {mount["mountPath"] for mount in container["volumeMounts"]}
    assert {mount["name"] for mount in container["volumeMounts"]} <= volumes
    settings = {variable["name"]: variable["value"] for variable in container["env"]}
    assert all(isinstance(value, str) for value in settings.values()), "env values are strings"
    assert settings["OUT"] in mounts
    return container, settings


def run_pod(container, settings, path, index=None):
    variables = {"PATH": f"{path}:/usr/bin:/bin", **settings}
    if index is not None:
        variables["JOB_COMPLETION_INDEX"] = str(index)
    command = container["command"] + container["args"]
    return subprocess.run(command, env=variables, cwd="/", check=False).returncode


def check_same(one, many):
    names = sorted(p.name for p in one.iterdir() if not p.name.startswith(".evmap"))
    assert names == sorted(p.name for p in many.iterdir() if not p.name.startswith(".evmap"))
    assert "index.json" in names
    _, different, failed = filecmp.cmpfiles(one, many, names, shallow=False)
    assert not different and not failed, f"{different} {failed}"


def main(program):
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        (work / "bin").mkdir()
        os.symlink(os.path.abspath(program), work / "bin/evmap")
        one, many = work / "one", work / "many"
        subprocess.run([program, "timeline", *PERIOD.split(), "--out", one], check=True)

        job = load_job("kubernetes-frames.yaml")
        container, settings = check_volumes(job)
        assert job["spec"]["completionMode"] == "Indexed"
        count = job["spec"]["completions"]
        assert settings["SHARDS"] == str(count), "as many shards as pods"
        merge, merge_settings = check_volumes(load_job("kubernetes-merge.yaml"))
        assert merge_settings["PERIOD"] == settings["PERIOD"], "the same period"

        here = {"OUT": str(many), "PERIOD": PERIOD}
        for index in range(count):
            assert run_pod(container, {**settings, **here}, work / "bin", index) == 0, index
            expected = 0 if index + 1 == count else 3
            assert run_pod(merge, {**merge_settings, **here}, work / "bin") == expected, index
        check_same(one, many)
    print(f"ok: {count} pods make what one process makes")


if __name__ == "__main__":
    main(sys.argv[1])
