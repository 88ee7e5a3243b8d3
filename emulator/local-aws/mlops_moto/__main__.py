"""
Runs the command line. What is loaded stays: to look through it for garbage takes a third of a start, so nobody
does until local AWS serves.
"""

import gc
from importlib import import_module

gc.disable()
import_module(f"{__package__}.service_models").share()
import_module(f"{__package__}.command_line").main()
