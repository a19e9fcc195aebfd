"""How long a visitor waits while another visitor uploads hostile files, compared with an idle server."""
