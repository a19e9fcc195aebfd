"""Packages of a made-up country, of any size, for benchmarks and tests of large registers.

A tool for developers that is not part of the wheel. All data are drawn at random, and every name states that it is
made up. What makes a package sound is in :mod:`khoosheh.register`.
"""

from khoosheh.synthetic.package import write_synthetic_package

__all__ = ["write_synthetic_package"]
