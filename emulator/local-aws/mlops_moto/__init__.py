"""Local AWS: moto, with what the estate needs and moto lacks."""
