"""Templates: read, checked and evaluated as CloudFormation does it, before anything is made."""
