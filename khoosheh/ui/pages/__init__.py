"""The body of each page; the files in ``pages/`` at the top of the project call them."""
