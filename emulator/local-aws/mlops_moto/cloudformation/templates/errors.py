"""What a template, or what is given to it, is refused for."""


class TemplateError(Exception):
    """In CloudFormation's words where it has some."""
