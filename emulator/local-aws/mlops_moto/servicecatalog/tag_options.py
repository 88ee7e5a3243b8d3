"""
Tag options: kept, and shown where they are associated; what is launched is not tagged by them.
https://docs.aws.amazon.com/servicecatalog/latest/adminguide/tagoptions.html
"""

from collections.abc import Mapping
from typing import Any

from .actions import Action, Asked, DuplicateError, InUseError, found
from .state import Catalog, TagOption, new_id


def options_of(catalog: Catalog, resource: str) -> list[dict[str, Any]]:
    return [_detail(each, catalog) for each in catalog.tag_options.values() if resource in each.resources]


def _create(asked: Asked) -> dict[str, Any]:
    key, value = asked.text("Key"), asked.text("Value")
    if any((each.key, each.value) == (key, value) for each in asked.catalog.tag_options.values()):
        raise DuplicateError(f"TagOption {key}={value} already exists.")
    made = TagOption(new_id("tag"), key, value)
    asked.catalog.tag_options[made.id] = made
    return _told(made, asked)


def _update(asked: Asked) -> dict[str, Any]:
    option = _find(asked)
    option.value = asked.text("Value") or option.value
    option.active = asked.body.get("Active", option.active)
    return _told(option, asked)


def _delete(asked: Asked) -> None:
    option = _find(asked)
    if option.resources:
        raise InUseError(f"TagOption {option.id} is associated with {', '.join(option.resources)}.")
    del asked.catalog.tag_options[option.id]


def _associate(asked: Asked) -> None:
    option, resource = _find(asked, "TagOptionId"), asked.text("ResourceId")
    found({**asked.catalog.portfolios, **asked.catalog.products}, resource, "Resource")
    if resource in option.resources:
        raise DuplicateError(f"TagOption {option.id} is associated with {resource} already.")
    option.resources.append(resource)


def _disassociate(asked: Asked) -> None:
    option, resource = _find(asked, "TagOptionId"), asked.text("ResourceId")
    found(dict.fromkeys(option.resources), resource, "Resource")
    option.resources.remove(resource)


def _list_resources(asked: Asked) -> dict[str, Any]:
    catalog = asked.catalog
    known = {**catalog.portfolios, **catalog.products}
    resources = [known[each] for each in _find(asked, "TagOptionId").resources if each in known]
    return {"ResourceDetails": [{"Id": it.id, "ARN": it.arn, "CreatedTime": it.created} for it in resources]}


def _find(asked: Asked, name: str = "Id") -> TagOption:
    return found(asked.catalog.tag_options, asked.text(name), "TagOption")


def _told(option: TagOption, asked: Asked) -> dict[str, Any]:
    return {"TagOptionDetail": _detail(option, asked.catalog)}


def _detail(option: TagOption, catalog: Catalog) -> dict[str, Any]:
    return {
        "Id": option.id,
        "Key": option.key,
        "Value": option.value,
        "Active": option.active,
        "Owner": catalog.account,
    }


ACTIONS: Mapping[str, Action] = {
    "AssociateTagOptionWithResource": _associate,
    "CreateTagOption": _create,
    "DeleteTagOption": _delete,
    "DescribeTagOption": lambda asked: _told(_find(asked), asked),
    "DisassociateTagOptionFromResource": _disassociate,
    "ListResourcesForTagOption": _list_resources,
    "UpdateTagOption": _update,
}
