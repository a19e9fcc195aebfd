"""Registers on each engine: the shipped one and a made-up country, their statements in Parquet."""

import shutil
from pathlib import Path

import pytest
from clusters import CLUSTER

from khoosheh import engines, register, synthetic
from khoosheh.measures.evidence import SEARCHED
from khoosheh.register import parquet_package
from testing import made_up

TOTAL = 1500
# small tables: few partitions of a shuffle, some of a file, so that both workers have something to do, and no code
# compiled for a few rows
CONFIGURATION = """
spark.ui.enabled false
spark.sql.shuffle.partitions 2
spark.sql.adaptive.enabled false
spark.sql.codegen.wholeStage false
spark.sql.codegen.factoryMode NO_CODEGEN
spark.sql.files.openCostInBytes 1
spark.sql.files.minPartitionNum 4
spark.log.level ERROR
"""


@pytest.fixture(scope="session")
def sources(tmp_path_factory) -> dict[str, Path]:
    """Folders of packages of CSV files."""
    country = tmp_path_factory.mktemp("country")
    synthetic.write_synthetic_package(country, TOTAL, 7)
    return {"shipped": made_up.SHIPPED, "country": country}


@pytest.fixture(scope="session")
def plain(sources) -> dict[str, register.Register]:
    """The registers as they are read from CSV files."""
    return {name: register.load_register(folder) for name, folder in sources.items()}


@pytest.fixture(scope="session")
def parquet(plain, tmp_path_factory) -> dict[str, Path]:
    """Folders of the same packages with statements in Parquet."""
    found = {}
    for name, one in plain.items():
        found[name] = tmp_path_factory.mktemp("parquet") / name
        parquet_package.write_columnar_package(found[name], one, SEARCHED)
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
        if engines.get_spark_session.cache_info().currsize:
            engines.get_spark_session(CLUSTER).stop()
            engines.get_spark_session.cache_clear()


@pytest.fixture(scope="session", params=(engines.PANDAS, engines.DUCKDB))
def on_engine(request, parquet) -> dict[str, register.Register]:
    """The registers as an engine of this process has them."""
    return _loaded(request.param, parquet)


@pytest.fixture(scope="session")
def on_spark(spark, parquet) -> dict[str, register.Register]:
    """The registers as Spark has them."""
    return _loaded(spark, parquet)


def _loaded(engine: str, parquet: dict[str, Path]) -> dict[str, register.Register]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(engines.ENVIRONMENT, engine)
        return {name: register.load_register(folder) for name, folder in parquet.items()}
