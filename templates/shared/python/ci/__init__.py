"""What continuous integration calls: each module is a command, `python -m ci.<module>`."""

import logging
import os
import warnings

# A CI server's log is to say what happened: AWS's libraries tell every endpoint and every folder that they look into.
logging.basicConfig(level=logging.WARNING)
logging.getLogger("sagemaker.config").setLevel(logging.WARNING)
logging.getLogger("sagemaker.workflow").setLevel(logging.ERROR)
warnings.filterwarnings("ignore", module="sagemaker")
os.environ.setdefault("SAGEMAKER_SUPPRESS_V2_WARNING", "1")
