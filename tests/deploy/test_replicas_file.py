"""deploy/replicas: what it writes for N, and that the files as they are shipped are what it writes for two."""

import importlib.machinery
import importlib.util
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

DEPLOY = Path(__file__).parents[2] / "deploy"


def script():
    loader = importlib.machinery.SourceFileLoader("replicas", str(DEPLOY / "replicas"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("replicas", loader))
    loader.exec_module(module)
    return module


@pytest.fixture
def folder(tmp_path):
    """A copy of deploy/ in which the script may write."""
    return shutil.copytree(DEPLOY, tmp_path / "deploy")


def run(folder, *arguments):
    return subprocess.run(
        [sys.executable, folder / "replicas", *arguments], capture_output=True, text=True, check=False
    )


def test_the_shipped_files_are_for_two(folder):
    assert run(folder, "2").returncode == 0
    for name in ("compose.yaml", "replicas.conf"):
        assert (folder / name).read_bytes() == (DEPLOY / name).read_bytes(), name


@pytest.mark.parametrize("count", [1, 2, 3, 7, 26])
def test_every_replica_is_named_in_both(folder, count):
    assert run(folder, str(count)).returncode == 0
    compose = yaml.safe_load((folder / "compose.yaml").read_text(encoding="utf-8"))
    apps = {name: one for name, one in compose["services"].items() if name != "nginx"}
    places = [one["networks"]["inside"]["ipv4_address"] for one in apps.values()]
    text = (folder / "replicas.conf").read_text(encoding="utf-8")
    assert len(apps) == len(set(places)) == count
    assert compose["services"]["nginx"]["networks"] == {"inside": {}}
    for name, place in zip(apps, places, strict=True):
        letter = name.removeprefix("app-")
        block = re.search(rf"upstream replica_{letter} \{{(.*?)\}}", text, re.DOTALL)[1]
        assert re.findall(r"server (\S+):8501 max_fails=1 fail_timeout=5s;", block) == [place]
        assert sorted(re.findall(r"server (\S+):8501 backup;", block)) == sorted(set(places) - {place})
        assert f"\n  {letter} {letter};" in text


@pytest.mark.parametrize("count", range(1, 27))
def test_visitors_are_spread_evenly(count):
    module = script()
    shares = [float(one) for one in re.findall(r"([\d.]+)%", "\n".join(module.shares(module.NAMES[:count])))]
    last = 100 - sum(shares)
    assert len(shares) == count - 1 and all(abs(one - 100 / count) <= 0.01 for one in shares)
    assert last == pytest.approx(100 / count, abs=0.3)


def test_every_container_has_limits():
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    for name, one in compose["services"].items():
        assert one["read_only"] is True and one["cap_drop"] == ["ALL"], name
        assert one["security_opt"] == ["no-new-privileges:true"] and one["restart"] == "unless-stopped", name
        assert one["mem_limit"] == one["memswap_limit"] and one["pids_limit"] > 0 and one["cpus"], name


def test_images_are_named_by_digest():
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    container = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    images = [*re.findall(r"^FROM (\S+)", container, re.MULTILINE), compose["services"]["nginx"]["image"]]
    assert len(images) == 2 and all(re.search(r":[\w.-]+@sha256:[0-9a-f]{64}$", one) for one in images)
    assert re.search(r"^USER [1-9]\d*:[1-9]\d*$", container, re.MULTILINE)


@pytest.mark.parametrize("count", ["0", "27", "-1", "many"])
def test_a_count_that_cannot_be_is_refused(folder, count):
    found = run(folder, "--", count)
    assert found.returncode == 2 and "Traceback" not in found.stderr


@pytest.mark.nginx
@pytest.mark.skipif(not shutil.which("nginx", path="/usr/sbin:/usr/bin"), reason="there is no nginx")
@pytest.mark.parametrize("count", [1, 3, 26])
def test_nginx_takes_the_configuration(folder, count):
    assert run(folder, str(count)).returncode == 0
    text = (folder / "nginx.conf").read_text(encoding="utf-8")
    (folder / "nginx.conf").write_text(text.replace("${KHOOSHEH_LISTEN}", "127.0.0.1:1"), encoding="utf-8")
    nginx = shutil.which("nginx", path="/usr/sbin:/usr/bin")
    found = subprocess.run(
        [nginx, "-t", "-p", f"{folder}/", "-c", "nginx.conf"], capture_output=True, text=True, check=False
    )
    # the test binds no port below 1024 that it may not: only the words about the syntax count
    assert "syntax is ok" in found.stderr, found.stderr
