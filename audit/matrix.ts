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
  const cells: (Cell | undefined)[] = [];
  // One after the other: nothing waits, and all at once would hold what the simulator makes for each.
  for (const question of unique) cells.push(await cellOf(question, principals, policies));
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
  const allowed: AccessPrincipal[] = [];
  for (const principal of principals) {
    const verdict = await simulate(principal, question, policies);
    if (verdict === "notApplicable") return undefined;
    if (verdict === "allowed") allowed.push(principal);
  }
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
