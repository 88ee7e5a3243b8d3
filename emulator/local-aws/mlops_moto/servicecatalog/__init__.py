"""
Service Catalog, of which moto (5.2.5) has portfolios and shares alone: products and their versions, who may launch
them and as which role, and what was launched, which is a stack of CloudFormation's.
https://docs.aws.amazon.com/servicecatalog/latest/dg/API_Operations_AWS_Service_Catalog.html
"""

from . import actions, constraints, launch_paths, portfolios, products, provisioned, provisioning, tag_options
from .provisioning import abandon as abandon_launches

__all__ = ["abandon_launches", "install"]


def install() -> None:
    for file in (constraints, launch_paths, portfolios, products, provisioned, provisioning, tag_options):
        actions.install(file.ACTIONS)
