"""Slides: findings of the pages, each with its figure, table and statements, for rooms with a projector."""
