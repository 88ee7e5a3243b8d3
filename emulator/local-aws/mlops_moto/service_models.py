"""
AWS's service models, which botocore has in files: one reader for the whole process, which reads each once. By
themselves moto (5.2.5) and botocore make readers for each service and session, and each looks through all folders
first.
"""

import botocore.session
from moto.core import utils
from moto.core.loaders import Loader, create_loader


def share() -> None:
    """Before a session is made, which moto does while it is loaded."""
    loader = create_loader()

    def shared(*_paths: object) -> Loader:
        return loader

    vars(botocore.session)["create_loader"] = vars(utils)["create_loader"] = shared
