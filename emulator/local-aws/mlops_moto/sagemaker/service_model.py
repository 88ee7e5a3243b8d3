"""AWS's own model of SageMaker, which botocore ships."""

from functools import cache

import botocore.session
from botocore.model import ServiceModel


@cache
def service_model() -> ServiceModel:
    return botocore.session.get_session().get_service_model("sagemaker")
