"""The packages of the wheel; everything else about it stands in pyproject.toml."""

from setuptools import find_packages, setup
from setuptools.command.build_py import build_py

APP = "khoosheh._app"


class BuildApp(build_py):
    """Leaves this file out of the wheel, which lies beside ``app.py``."""

    def find_package_modules(self, package: str, package_dir: str) -> list[tuple[str, str, str]]:
        """Return the modules of a package as (package, module, file)."""
        found = super().find_package_modules(package, package_dir)
        return [one for one in found if package != APP or one[1] == "app"]


# ``app.py``, ``pages/``, ``static/``, ``data/`` and ``.streamlit/`` lie at the top of the repository, where Streamlit
# looks for them; in the wheel they lie in ``khoosheh/_app``.
setup(
    packages=[*find_packages(include=["khoosheh", "khoosheh.*"]), APP],
    package_dir={APP: "."},
    cmdclass={"build_py": BuildApp},
)
