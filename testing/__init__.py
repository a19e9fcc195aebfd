"""What tests, benchmarks and tools share: made-up packages and workbooks, changed sources, servers and their visitors."""
