"""The web server around the app: middleware, routes, downloads, and what happens at start."""
