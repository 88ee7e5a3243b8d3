"""
AWS's service models, which botocore has in files: one reader for the whole process, which reads each once, and one
class of clients for each service. By themselves moto (5.2.5) and botocore make a reader for each service and session,
which looks through all folders first, and the class, with its hundreds of methods, again for each client.
"""

from typing import Any

import botocore.session
from botocore.client import ClientCreator
from botocore.model import ServiceModel
from moto.core import utils
from moto.core.loaders import Loader, create_loader

from .patching import replace

_make_class_by_botocore = ClientCreator._create_client_class
_classes: dict[str, type] = {}


def share() -> None:
    """Before a session is made, which moto does while it is loaded."""
    loader = create_loader()

    def shared(*_paths: object) -> Loader:
        return loader

    vars(botocore.session)["create_loader"] = vars(utils)["create_loader"] = shared
    replace(ClientCreator, "_create_client_class", _class_of_clients)


def _class_of_clients(creator: Any, service: str, model: ServiceModel) -> type:
    """Has nothing of a session or its credentials; those are the clients'."""
    if service not in _classes:
        _classes[service] = _make_class_by_botocore(creator, service, model)
    return _classes[service]
