import type { PolicyStatement } from "../core/policy";
import { actionsLike, contextsOf } from "./granted";
import type { Guarded, Policies } from "./policies";
import { strangersAccount } from "./principals";
import type { Question, RequestContext } from "./question";
import { simulateService } from "./simulate";

/** For whom an AWS service says that it asks. */
export const sources = ["own", "foreign", "none"] as const;
export type Source = (typeof sources)[number];

/** What a service may do for whom. */
export interface ServiceCell extends Question {
  readonly service: string;
  readonly allowed: readonly Source[];
}

/** Asks for every service that a resource's policy names: for the sources the policy has, for a stranger's, and for none. */
export async function serviceCells(policies: Policies): Promise<ServiceCell[]> {
  const asked = await Promise.all(
    policies.guarded.flatMap((on) =>
      (on.policy?.Statement ?? []).map((statement) => questionsOf(statement, on)),
    ),
  );
  const cells = await Promise.all(asked.flat().map((question) => cellOf(question, policies)));
  return cells.flat();
}

async function cellOf(
  { service, own, ...question }: ServiceQuestion,
  policies: Policies,
): Promise<ServiceCell[]> {
  const contexts: Readonly<Record<Source, RequestContext>> = { own, foreign: foreignOf(own), none: {} };
  const verdicts = await Promise.all(
    sources.map(async (source) => ({
      source,
      verdict: await simulateService(service, question, contexts[source], policies),
    })),
  );
  if (verdicts.some(({ verdict }) => verdict === "notApplicable")) return [];
  const allowed = verdicts.filter(({ verdict }) => verdict === "allowed").map(({ source }) => source);
  return [{ ...question, service, allowed }];
}

interface ServiceQuestion extends Question {
  readonly service: string;
  readonly own: RequestContext;
}

async function questionsOf(statement: PolicyStatement, { arn, where }: Guarded): Promise<ServiceQuestion[]> {
  const { Effect, Principal, Action, Condition = {} } = statement;
  const callers = Effect === "Allow" ? callersIn(Principal) : [];
  if (callers.length === 0) return [];
  const [own = {}] = sourcesOf(Condition);
  const actions = (await Promise.all(Action.map(actionsLike))).flat();
  return callers.flatMap((service) =>
    actions.map((action) => ({
      service,
      action,
      resource: arn,
      account: where.account,
      when: {},
      own,
    })),
  );
}

/** Services, and identity providers, for whom a token's claims say whose it is. */
function callersIn(principal: PolicyStatement["Principal"]): readonly string[] {
  if (typeof principal !== "object") return [];
  if ("Federated" in principal) return principal.Federated;
  return "Service" in principal ? principal.Service : [];
}

/** The context in which a statement's conditions hold, its source keys included. */
function sourcesOf(conditions: NonNullable<PolicyStatement["Condition"]>): RequestContext[] {
  const keys = Object.fromEntries(
    Object.values(conditions)
      .flatMap((asked) => Object.entries(asked))
      .filter(([key]) => /^aws:source/i.test(key))
      .map(([key, values]) => [key, [values].flat()[0]?.replaceAll("*", "any") ?? ""]),
  );
  return contextsOf(conditions).map((context) => ({ ...context, ...keys }));
}

/** The same context with another account in every ARN and account id, and another subject in a token. */
const foreignOf = (own: RequestContext): RequestContext =>
  Object.fromEntries(
    Object.entries(own).map(([key, value]) => [
      key,
      key.endsWith(":sub") ? "another" : String(value).replace(/\b\d{12}\b/, strangersAccount),
    ]),
  );
