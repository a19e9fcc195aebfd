"""Benchmarks. Times are measured here and never asserted in a test."""
