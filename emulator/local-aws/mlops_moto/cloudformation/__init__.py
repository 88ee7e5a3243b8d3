"""
CloudFormation: stacks of templates, each resource made by a request to this local AWS as the stack's role or as whoever
asked, so that policies count. moto (5.2.5) makes them inside, as nobody, and says of types it does not know that they
are made.
"""

from .answers import Answers
from .api import install
from .inside import create_stack, delete_stack, describe_stack, update_stack
from .stacks.stack import abandon as abandon_stacks
from .template_urls import TemplateUrlError, TemplateUrls, template_at

__all__ = [
    "Answers",
    "TemplateUrlError",
    "TemplateUrls",
    "abandon_stacks",
    "create_stack",
    "delete_stack",
    "describe_stack",
    "install",
    "template_at",
    "update_stack",
]
