import type { Estate } from "../config/schema";
import { dangerousQuestions } from "./dangerous";
import { grantedQuestions } from "./granted";
import { policiesOf, type Policies } from "./policies";
import { principalsOf, type AccessPrincipal } from "./principals";
import { sameQuestion, type Question } from "./question";
import type { Resource } from "./resources";
import { serviceCells, type ServiceCell } from "./services";
import { simulate } from "./simulate";

/** Who may do one thing. */
export interface Cell extends Question {
  /** Names of principals, the account's own administrator left out. */
  readonly allowed: readonly string[];
  /** Whether a policy denies it even to the administrator of the resource's own account. */
  readonly deniedToAdministrator: boolean;
}

/** Who may do what in an estate. */
export interface AccessMatrix {
  readonly principals: readonly AccessPrincipal[];
  readonly cells: readonly Cell[];
  readonly services: readonly ServiceCell[];
}

/** Simulates every question for every principal. */
export async function accessMatrix(estate: Estate, resources: readonly Resource[]): Promise<AccessMatrix> {
  const policies = policiesOf(resources);
  const principals = principalsOf(estate, policies);
  const questions = [...(await grantedQuestions(policies)), ...dangerousQuestions(policies.guarded)];
  const unique = [...new Map(questions.map((question) => [sameQuestion(question), question])).values()];
  const cells = await Promise.all(unique.map((question) => cellOf(question, principals, policies)));
  return {
    principals,
    cells: cells.filter((cell) => cell !== undefined).toSorted(byResource),
    services: await serviceCells(policies),
  };
}

/** None for an action that does not act on such a resource: a statement pairs all its actions with all its resources. */
async function cellOf(
  question: Question,
  principals: readonly AccessPrincipal[],
  policies: Policies,
): Promise<Cell | undefined> {
  const verdicts = await Promise.all(
    principals.map(async (principal) => ({
      principal,
      verdict: await simulate(principal, question, policies),
    })),
  );
  if (verdicts.some(({ verdict }) => verdict === "notApplicable")) return undefined;
  const allowed = verdicts.filter(({ verdict }) => verdict === "allowed").map(({ principal }) => principal);
  const isOwn = ({ administrator, account }: AccessPrincipal) =>
    administrator && account === question.account;
  return {
    ...question,
    allowed: allowed.filter((principal) => !isOwn(principal)).map(({ name }) => name),
    deniedToAdministrator: !allowed.some(isOwn),
  };
}

function byResource(one: Cell, other: Cell): number {
  const key = ({ account, resource, action, when }: Cell) =>
    [account, resource, action, JSON.stringify(when)].join(" ");
  return key(one) < key(other) ? -1 : 1;
}
