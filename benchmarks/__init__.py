"""What takes how long. Timings are measured here, never asserted in a test."""
