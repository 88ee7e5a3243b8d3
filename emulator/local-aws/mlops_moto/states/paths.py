"""
A path with a filter that nothing passes gives an empty list, as every path that may lead to several places. In moto
(5.2.5) it is an error.
https://docs.aws.amazon.com/step-functions/latest/dg/amazon-states-language-paths.html
"""

from moto.stepfunctions.parser.asl.utils import json_path

_leads_to_several_by_moto = json_path._contains_slice_or_wildcard_array


def install() -> None:
    vars(json_path)["_contains_slice_or_wildcard_array"] = _leads_to_several


def _leads_to_several(path: str) -> bool:
    return "[?(" in path or _leads_to_several_by_moto(path)
