import type { StackDescription } from "../../stacks/list";
import type { Accounts } from "../access/accounts";
import type { AppliedRecord } from "../estate/applied-record";
import { applierOf } from "../estate/stack-facts";
import { authorsOf } from "../git/authors";
import { GitError } from "../git/run";
import type { CodeFacts } from "./manifest/code-facts";

/** Somebody who may approve. */
export interface Approver {
  /** As the CI server knows them. */
  readonly id: string;
  /** Addresses that they commit with, in lower case. */
  readonly emails: readonly string[];
}

/** Who may approve by the CI server's own configuration, and who did. */
export interface Approval {
  readonly approvers: readonly Approver[];
  readonly approvedBy: string | undefined;
}

/** A list of approvers is not one. */
export class ApproverError extends Error {}

/**
 * Reads a list such as `alice:alice@example.com,bob:bob@example.com:bob@home.example`.
 * @throws ApproverError for one without an address: whether they wrote what they approve could not be told
 */
export const parseApprovers = (list: string): Approver[] =>
  list
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "")
    .map((entry) => {
      const [id = "", ...emails] = entry.split(":").map((part) => part.trim());
      if (id === "" || emails.length === 0 || emails.some((email) => !/^[^\s@]+@[^\s@]+$/.test(email)))
        throw new ApproverError(
          `--approvers must be like alice:alice@example.com,bob:bob@example.com, got: ${entry}`,
        );
      return { id, emails: emails.map((email) => email.toLowerCase()) };
    });

/**
 * Whether a person has to approve before the CI server applies a stack. What is applied decides, and the code can only ask for more:
 * what takes approval away is itself approved. What has never been on record is.
 */
export const needsApproval = (stack: StackDescription, record: AppliedRecord | undefined): boolean =>
  asksForApproval(stack) || (applierOf(stack) === "ci" && record?.requireApproval !== false);

/** Whether the code asks for it. */
export const asksForApproval = ({ environment }: StackDescription): boolean =>
  environment.kind === "workload" && environment.requireApproval;

/** What was applied last, for a plan: who may not read it is told to ask. */
export async function recordForPlan(
  accounts: Accounts,
  stack: StackDescription,
): Promise<AppliedRecord | undefined> {
  try {
    return await (await accounts.stateOf(stack)).record();
  } catch (error) {
    if ((error as Error).name !== "AccessDenied") throw error;
    return undefined;
  }
}

/** A stack to be applied, with what was applied last. */
export interface Due {
  readonly stack: StackDescription;
  readonly record: AppliedRecord | undefined;
}

/** Which plans would pass for such as nobody has to approve, by what the manifest says of them. */
export const approvalDifferences = (due: readonly (Due & { readonly said: boolean })[]): string[] =>
  due
    .filter(({ stack, record, said }) => !said && needsApproval(stack, record))
    .map(({ stack }) => `${stack.id}: the manifest says that nobody has to approve it, and somebody has to`);

/** Why stacks may not be applied with this approval; empty where they may. */
export async function approvalRefusals(
  { approvers, approvedBy }: Approval,
  due: readonly Due[],
  { commit }: Pick<CodeFacts, "commit">,
  repository: string,
): Promise<string[]> {
  const needing = due.filter(({ stack, record }) => needsApproval(stack, record));
  if (needing.length === 0) return [];
  const ids = needing.map(({ stack }) => stack.id).join(", ");
  const names = approvers.map(({ id }) => id).join(", ");
  if (approvers.length === 0)
    return [
      `${ids}: must be approved, and nobody may: --approvers names no one (on Jenkins: MLOPS_APPROVERS)`,
    ];
  if (approvedBy === undefined) return [`${ids}: must be approved by one of ${names}`];
  const approver = approvers.find(({ id }) => id === approvedBy);
  if (!approver) return [`${ids}: approved by ${approvedBy}, who is none of ${names}`];
  if (commit.id === null)
    return [`${ids}: outside of a git repository nobody can tell who wrote what was approved`];
  const { id } = commit;
  const since = new Set(needing.map(({ record }) => record?.commit ?? undefined));
  try {
    const authors = (await Promise.all([...since].map((from) => authorsOf(repository, id, from)))).flat();
    const own = approver.emails.filter((email) => authors.includes(email));
    if (own.length === 0) return [];
    return [
      `${ids}: approved by ${approvedBy}, who wrote some of it (${own.join(", ")}): somebody else has to`,
    ];
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    return [
      `${ids}: who wrote what was approved cannot be told. ${error.message}. Fetch what was applied last, or have an administrator apply it once`,
    ];
  }
}
