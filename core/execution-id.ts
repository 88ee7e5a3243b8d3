/** The last part of an execution's ARN. */
export const executionIdOf = (arn: string): string => arn.slice(arn.lastIndexOf("/") + 1);
