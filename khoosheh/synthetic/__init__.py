"""A package of a made-up country, as large as one likes: for benchmarks and for tests of large registers.

Nothing in it is true, and every name in it says so. Here belongs what such a country is like. Here does not belong:
what makes a package sound (register), messages (catalogue).
"""

from khoosheh.synthetic.package import write_synthetic_package

__all__ = ["write_synthetic_package"]
