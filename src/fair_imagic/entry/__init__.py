"""What people type, read as terms of the model, and what they are shown of them."""
