"""Processing of images, its runs and what comes of them."""

__all__ = ["clean", "outputs", "process"]
