"""The server's memory and response times during an hour of arriving and leaving visitors."""
