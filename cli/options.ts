import { parseApprovers, type Approval } from "../deploy/plans/approval";
import { appliers, type Applier } from "../stacks/kind";
import { UsageError } from "./errors";

/** Reads an option's value. @throws UsageError unless it is 1 or more, without a fraction */
export function positiveInteger(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new UsageError(`A count must be 1 or more, got: ${text}`);
  return Number(text);
}

/** Reads who applies stacks. @throws UsageError for anybody else */
export function applierOption(text: string): Applier {
  const applier = appliers.find((known) => known === text);
  if (!applier) throw new UsageError(`--applied-by must be ${appliers.join(" or ")}, got: ${text}`);
  return applier;
}

/** Gathers an option that may be given several times. */
export const gather = (value: string, others: readonly string[] = []): string[] => [...others, value];

/** Reads accounts. @throws UsageError for what are none */
export function accountsOption(text: string): string[] {
  const accounts = text.split(",").map((account) => account.trim());
  if (accounts.every((account) => /^\d{12}$/.test(account))) return accounts;
  throw new UsageError(
    `--account must be account ids, several with commas, such as 111111111111,222222222222, got: ${JSON.stringify(text)}`,
  );
}

/** Reads the digest of saved plans. @throws UsageError for what is none */
export function digestOption(digest: string): string {
  if (/^[0-9a-f]{64}$/.test(digest)) return digest;
  throw new UsageError(
    `--digest must be what mlops plan --out says, 64 hexadecimal digits, got: ${JSON.stringify(digest)}`,
  );
}

export interface ApprovalOptions {
  readonly approvers?: string;
  readonly approvedBy?: string;
}

/** A CI server says nothing where nobody was asked. @throws UsageError; ApproverError */
export function approvalIn({ approvers, approvedBy }: ApprovalOptions): Approval | undefined {
  if (approvers !== undefined)
    return { approvers: parseApprovers(approvers), approvedBy: approvedBy === "" ? undefined : approvedBy };
  if (approvedBy === undefined) return undefined;
  throw new UsageError("--approved-by needs --approvers, those who may approve");
}
