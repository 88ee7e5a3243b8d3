"""What continuous integration calls: each module is a command, `python -m ci.<module>`."""
