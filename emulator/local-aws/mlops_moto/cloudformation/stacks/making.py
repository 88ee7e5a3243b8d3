"""Makes, changes and deletes a stack's resources one by one, and tells each step as an event."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from moto.core.utils import utcnow

from ...sagemaker.endpoints.role_clients import Clients
from .. import resources
from ..resources.kind import Made, ResourceError, Work, reason_of
from ..templates.errors import TemplateError
from ..templates.functions import Scope, evaluate
from ..templates.template import KEEP, Declaration, Filled
from .names import physical_name
from .stack import Resource, Stack


class FailedError(Exception):
    """A resource failed; `name` is its logical id."""

    def __init__(self, name: str, verb: str) -> None:
        super().__init__(f"The following resource(s) failed to {verb}: [{name}].")
        self.name = name


@dataclass
class Making:
    stack: Stack
    clients: Clients

    def __post_init__(self) -> None:
        self.superseded: list[tuple[Resource, str]] = []
        """Replaced or no longer wanted: deleted once all else has succeeded, or kept as the policy beside it says."""

    def apply(self, declared: Declaration, filled: Filled, tags: Mapping[str, str]) -> None:
        """
        Makes or changes one resource, unless it is as it is wanted.

        raises FailedError: where it is not as wanted now
        """
        earlier = self.stack.resources.get(declared.name)
        wanted = self._wanted(declared, filled, tags, earlier)
        if earlier is None or earlier.made is None:
            self._create(wanted)
        elif earlier.type != wanted.type or resources.is_replaced(wanted.type, earlier.properties, wanted.properties):
            self._replace(wanted, earlier)
        elif (earlier.properties, earlier.tags) != (wanted.properties, wanted.tags):
            self._update(wanted, earlier)
        else:
            kept = replace(wanted, made=earlier.made, status=earlier.status, changed=earlier.changed)
            self.stack.resources[declared.name] = kept

    def restore(self, before: Resource) -> None:
        """
        Brings a resource back to what it was.

        raises FailedError: where it cannot be
        """
        now = self.stack.resources[before.logical_id]
        if before.made is None:
            return
        if now.physical_id != before.physical_id:
            self.discard(now)
            self.stack.put(replace(before, status="UPDATE_COMPLETE", changed=utcnow()))
        elif (now.properties, now.tags) != (before.properties, before.tags):
            self._update(before, now)

    def discard(self, made_in_vain: Resource) -> None:
        """What an update made that is taken back."""
        policy = made_in_vain.deletion_policy
        self.superseded.append((made_in_vain, "Delete" if policy == "RetainExceptOnCreate" else policy))

    def delete(self, resource: Resource, policy: str) -> bool:
        """Whether it is gone, or kept as its policy says; the stack has it as long as it is neither."""
        if resource.made is None:
            return True
        if policy in KEEP:
            self._say(resource, "DELETE_SKIPPED")
            return True
        self._say(resource, "DELETE_IN_PROGRESS")
        try:
            resources.kind_of(resource.type).delete(self._work(resource), resource.made)
        except Exception as error:  # whatever goes wrong is why it is still there
            self._say(resource, "DELETE_FAILED", reason_of(error))
            return False
        self._say(resource, "DELETE_COMPLETE")
        return True

    def clean_up(self) -> None:
        """What could not be deleted stays, and hinders nobody."""
        for resource, policy in reversed(self.superseded):
            self.delete(resource, policy)
            current = self.stack.resources.get(resource.logical_id)
            if current and current.physical_id == resource.physical_id:
                self.stack.remove(resource.logical_id)

    def outputs(self, filled: Filled) -> list[dict[str, str]]:
        """raises TemplateError: where an output cannot be told"""
        scope, told = self._scope(filled), []
        for name, output in filled.outputs.items():
            value = evaluate(output["Value"], scope)
            if isinstance(value, list | dict):
                raise TemplateError(f"Template format error: Output {name} is malformed, its value must be text")
            shown = {"OutputKey": name, "OutputValue": str(value)}
            described = {"Description": output["Description"]} if "Description" in output else {}
            told.append({**shown, **described})
        return told

    def _wanted(
        self, declared: Declaration, filled: Filled, tags: Mapping[str, str], earlier: Resource | None
    ) -> Resource:
        verb = "UPDATE" if earlier else "CREATE"
        bare = Resource(
            *(declared.name, declared.type, f"{verb}_IN_PROGRESS", {}, {}),
            *(declared.deletion_policy, declared.replace_policy, declared.metadata),
            made=earlier.made if earlier else None,
        )
        try:
            properties = resources.coerced(declared.type, evaluate(declared.properties, self._scope(filled)))
            problems = resources.problems_with(declared.type, properties)
            if problems:
                told = ", ".join(f"[{problem}]" for problem in problems)
                raise ResourceError(f"Properties validation failed for resource {declared.name} with message:\n{told}")
        except (ResourceError, TemplateError) as error:
            self.stack.put(replace(bare, status=f"{verb}_FAILED", reason=str(error)))
            raise FailedError(declared.name, verb.lower()) from error
        own = properties.get("Tags")
        listed = {each["Key"]: each["Value"] for each in own} if isinstance(own, list) else {}
        return replace(bare, properties=properties, tags={**tags, **listed})

    def _create(self, wanted: Resource, verb: str = "CREATE") -> None:
        kind, work = resources.kind_of(wanted.type), self._work(wanted)
        asked = replace(wanted, status=f"{verb}_IN_PROGRESS", made=None)
        self.stack.put(asked)
        try:
            made = kind.create(work)
            asked = replace(asked, made=made, reason="Resource creation Initiated")
            self.stack.put(asked)
            made = kind.settle(work, made)
        except Exception as error:
            raise self._failed(asked, verb, error) from error
        self.stack.put(replace(asked, made=made, status=f"{verb}_COMPLETE", reason=None, changed=utcnow()))

    def _replace(self, wanted: Resource, earlier: Resource) -> None:
        why = "Requested update requires the creation of a new physical resource; hence creating one."
        self.superseded.append((earlier, earlier.replace_policy))
        self._say(replace(earlier, reason=why), "UPDATE_IN_PROGRESS", why)
        self._create(wanted, "UPDATE")

    def _update(self, wanted: Resource, earlier: Resource) -> None:
        made = earlier.made
        if made is None:
            raise FailedError(wanted.logical_id, "update")
        asked = replace(wanted, made=made, status="UPDATE_IN_PROGRESS", reason=None)
        self.stack.put(asked)
        try:
            found = resources.kind_of(wanted.type).update(self._work(wanted), made, self._work(earlier))
        except Exception as error:
            raise self._failed(asked, "UPDATE", error) from error
        if found.id != made.id:
            self.superseded.append((earlier, earlier.replace_policy))
        self.stack.put(replace(asked, made=found, status="UPDATE_COMPLETE", changed=utcnow()))

    def _failed(self, asked: Resource, verb: str, error: Exception) -> FailedError:
        made = error.made if isinstance(error, ResourceError) and error.made else asked.made
        failed = replace(asked, made=made, status=f"{verb}_FAILED", reason=reason_of(error), changed=utcnow())
        self.stack.put(failed)
        return FailedError(asked.logical_id, verb.lower())

    def _say(self, resource: Resource, status: str, reason: str | None = None) -> None:
        """Of what the stack still has, its state too."""
        told = replace(resource, status=status, reason=reason, changed=utcnow())
        current = self.stack.resources.get(resource.logical_id)
        if current and current.physical_id == resource.physical_id:
            self.stack.put(told)
        else:
            self.stack.say(told)

    def _work(self, resource: Resource) -> Work:
        stack = self.stack
        return Work(
            *(self.clients, stack.account, stack.region, stack.id, resource.logical_id),
            *(resource.properties, resource.tags),
            lambda longest: physical_name(stack.name, resource.logical_id, longest),
            resource.type,
        )

    def _scope(self, filled: Filled) -> Scope:
        return filled.scope(lambda name: self._made(name).id, self._attribute)

    def _made(self, name: str) -> Made:
        found = self.stack.resources.get(name)
        if found is None or found.made is None:
            raise TemplateError(f"Template format error: Unresolved resource dependencies [{name}]")
        return found.made

    def _attribute(self, name: str, attribute: str) -> Any:
        found: Any = self._made(name).attributes
        if attribute in found:
            return found[attribute]
        kind, place = self.stack.resources[name].type, f"{self.stack.id}|{name}"
        if resources.attributes_of(kind) is None:
            said = f"Vendor response doesn't contain {attribute} attribute in object {place}"
            raise TemplateError(f"CustomResource attribute error: {said}")
        raise TemplateError(f"Resource {name} has no attribute {attribute}")
