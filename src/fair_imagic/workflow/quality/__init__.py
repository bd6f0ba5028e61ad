"""Quality controls of microscopes and the images that they stand for."""
