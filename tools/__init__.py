"""Tools for developers: screenshots, pictures of the guide, the list of licences."""
