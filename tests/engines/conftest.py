"""Registers on each engine: the shipped one and a made-up country, their statements in Parquet."""

import os
import shutil
from pathlib import Path

import made_up
import pytest

from khoosheh import engines, register, scale
from khoosheh.measures.evidence import SEARCHED
from khoosheh.register import columnar

TOTAL = 1500
# two workers in processes of their own, a core and a gigabyte each
CLUSTER = "local-cluster[2,1,1024]"
ENGINES = (
    engines.PANDAS,
    engines.DUCKDB,
    pytest.param(CLUSTER, marks=pytest.mark.xdist_group("spark"), id="spark"),
)
# small tables: few partitions of a shuffle, and many of a file, so that both workers have something to do
CONFIGURATION = """
spark.ui.enabled false
spark.sql.shuffle.partitions 2
spark.sql.files.openCostInBytes 1
spark.sql.files.minPartitionNum 4
spark.log.level ERROR
"""


@pytest.fixture(scope="session")
def sources(tmp_path_factory) -> dict[str, Path]:
    """Folders of packages of CSV files."""
    country = tmp_path_factory.mktemp("country")
    scale.write(country, TOTAL, 7)
    return {"shipped": made_up.SHIPPED, "country": country}


@pytest.fixture(scope="session")
def plain(sources) -> dict[str, register.Register]:
    """The registers as they are read from CSV files."""
    return {name: register.load(folder) for name, folder in sources.items()}


@pytest.fixture(scope="session")
def parquet(plain, tmp_path_factory) -> dict[str, Path]:
    """Folders of the same packages with statements in Parquet."""
    found = {}
    for name, one in plain.items():
        found[name] = tmp_path_factory.mktemp("parquet") / name
        columnar.write(found[name], one, SEARCHED)
    return found


@pytest.fixture(scope="session")
def spark(tmp_path_factory) -> str:
    """The address of a cluster of two workers, started where Java and PySpark are there."""
    if not shutil.which("java"):
        pytest.skip("no Java: apt-get install default-jre-headless")
    pyspark = pytest.importorskip("pyspark", reason="no Spark: pip install -r requirements-spark.txt")
    folder = tmp_path_factory.mktemp("spark")
    (folder / "spark-defaults.conf").write_text(CONFIGURATION)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_CONF_DIR", str(folder))
        # where the workers find what they start
        patch.setenv("SPARK_HOME", str(Path(pyspark.__file__).parent))
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        patch.setenv("SPARK_WORKER_DIR", str(folder / "work"))
        yield CLUSTER
        if engines.session.cache_info().currsize:
            engines.session(CLUSTER).stop()
            engines.session.cache_clear()


@pytest.fixture(scope="session", params=ENGINES)
def engine(request) -> str:
    """What ``KHOOSHEH_ENGINE`` names."""
    return request.getfixturevalue("spark") if request.param == CLUSTER else request.param


@pytest.fixture(scope="session")
def on_engine(engine, parquet) -> dict[str, register.Register]:
    """The registers as an engine has them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(engines.ENVIRONMENT, engine)
        return {name: register.load(folder) for name, folder in parquet.items()}


def pids_of_workers() -> list[int]:
    """Return the processes in which the workers of a cluster compute."""
    return [one for one in map(int, filter(str.isdigit, os.listdir("/proc"))) if _is_worker(one)]


def _is_worker(process: int) -> bool:
    try:
        words = Path(f"/proc/{process}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return words[0].endswith(b"java") and any(one.endswith(b"CoarseGrainedExecutorBackend") for one in words)
