"""How moto is extended: a method of one of its classes is replaced, or added."""


def replace(owner: type, name: str, method: object) -> None:
    setattr(owner, name, method)
