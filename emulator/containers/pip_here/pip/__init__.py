"""
Stands for pip in jobs of this machine, where nothing is installed: what is there already satisfies a requirement, and
what is not there is told by name.
"""
