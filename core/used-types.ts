import { physicalNames } from "./physical-names";

/** The types of Terraform's that stacks have: nothing else of a provider's schema is needed. */
export const usedTypes = {
  resources: Object.keys(physicalNames),
  dataSources: [
    "aws_cloudwatch_log_groups",
    "aws_kms_alias",
    "aws_security_group",
    "aws_security_groups",
    "aws_subnet",
    "aws_subnets",
  ],
} as const;
