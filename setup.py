"""The packages of the wheel; everything else about it is declared in pyproject.toml."""

from setuptools import find_packages, setup
from setuptools.command.build_py import build_py

APP = "khoosheh._app"
# the made-up country, a tool for developers
TOOLS = "khoosheh.synthetic"


class BuildApp(build_py):
    """Leave this file, which is in the same folder as ``app.py``, out of the wheel."""

    def find_package_modules(self, package: str, package_dir: str) -> list[tuple[str, str, str]]:
        """Return the modules of a package as (package, module, file)."""
        modules = super().find_package_modules(package, package_dir)
        return [module for module in modules if package != APP or module[1] == "app"]


# ``app.py``, ``pages/``, ``static/``, ``data/`` and ``.streamlit/`` are at the top of the repository, where Streamlit
# looks for them; in the wheel they are in ``khoosheh/_app``.
setup(
    packages=[*find_packages(include=["khoosheh", "khoosheh.*"], exclude=[TOOLS]), APP],
    package_dir={APP: "."},
    cmdclass={"build_py": BuildApp},
)
