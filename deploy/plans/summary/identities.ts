/** Keys that say which element of a list is which, in policies, pipeline definitions and Terraform's blocks. */
export const identities = ["Sid", "Name", "StepName", "name", "id", "key", "OutputName", "InputName"];
