import type { IdentityStatement } from "./policy";

/**
 * Identity policy: statements about buckets, for those of some accounts alone. A bucket's name says nothing of whose it is: a stranger
 * may take one that is free.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourceaccount
 */
export const inBucketsOf = <Statement extends IdentityStatement>(
  accounts: string | readonly string[],
  statements: readonly Statement[],
): Statement[] =>
  statements.map(({ Condition, ...statement }) => ({
    ...(statement as Statement),
    Condition: {
      ...Condition,
      StringEquals: { ...Condition?.StringEquals, "aws:ResourceAccount": accounts },
    },
  }));
