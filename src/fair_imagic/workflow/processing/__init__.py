"""Processing of images, its runs and what comes of them."""
