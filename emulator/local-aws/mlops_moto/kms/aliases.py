"""
Since when an alias leads to its key, which moto (5.2.5) forgets.
https://docs.aws.amazon.com/kms/latest/APIReference/API_AliasListEntry.html
"""

import json

from moto.core.utils import unix_time, utcnow
from moto.kms.models import Alias, KmsBackend
from moto.kms.responses import KmsResponse

from ..patching import replace
from ..wsgi.serial import STATE_LOCK

_create_by_moto = KmsBackend.create_alias
_update_by_moto = KmsBackend.update_alias
_list_by_moto = KmsResponse.list_aliases


def install() -> None:
    replace(KmsBackend, "create_alias", _create)
    replace(KmsBackend, "update_alias", _update)
    replace(KmsResponse, "list_aliases", _list)


def _create(backend: KmsBackend, target_key_id: str, alias_name: str) -> Alias:
    alias = _create_by_moto(backend, target_key_id, alias_name)
    STATE_LOCK.changed()  # AWS's own keys and their aliases are made when somebody first looks at them
    vars(alias).update(created=unix_time(utcnow()), updated=unix_time(utcnow()))
    return alias


def _update(backend: KmsBackend, target_key_id: str, alias_name: str) -> Alias:
    alias = _update_by_moto(backend, target_key_id, alias_name)
    vars(alias).update(updated=unix_time(utcnow()))
    return alias


def _list(response: KmsResponse) -> str:
    answer = json.loads(_list_by_moto(response))
    dates = {
        alias.alias_name: {"CreationDate": vars(alias)["created"], "LastUpdatedDate": vars(alias)["updated"]}
        for alias in response.kms_backend.list_aliases()
        if "created" in vars(alias)
    }
    answer["Aliases"] = [{**each, **dates.get(each["AliasName"], {})} for each in answer["Aliases"]]
    return json.dumps(answer)
