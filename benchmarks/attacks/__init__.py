"""How long a visitor waits while another one attacks the server with files, against how long without."""
