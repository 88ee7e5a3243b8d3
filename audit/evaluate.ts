import { runSimulation, type SimulationRequestPrincipal } from "@cloud-copilot/iam-simulate";
import { aboutAction } from "./about-action";
import { knowHttpApis } from "./http-apis";
import type { NamedPolicy, PolicyDocument } from "./policies";
import type { RequestContext } from "./question";

/** One request, and every policy that has a say in it. */
export interface Request {
  /** ARN of a role or user, or a service's name. */
  readonly principal: SimulationRequestPrincipal;
  readonly action: string;
  /** ARN; `*` for what acts on no one resource. */
  readonly resource: string;
  /** Account of the resource. */
  readonly account: string;
  /** Keys that AWS does not give for an action are left out. */
  readonly context: RequestContext;
  readonly identityPolicies: readonly NamedPolicy[];
  /** None: the principal has no permissions boundary. */
  readonly boundary?: NamedPolicy;
  readonly resourcePolicy?: PolicyDocument;
}

/** `NotApplicable`: the action does not act on such a resource. */
export type Decision = "Allowed" | "ExplicitlyDenied" | "ImplicitlyDenied" | "NotApplicable";

/**
 * Decides as AWS does for one account or two.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 * @throws Error for a policy or request that cannot be simulated
 */
export async function evaluate(request: Request): Promise<Decision> {
  const { principal, action, resource, account, context } = request;
  if (action.startsWith("apigateway:")) await knowHttpApis();
  const answer = await runSimulation(
    {
      request: {
        ...{ principal, action },
        resource: { resource, accountId: account },
        contextVariables: contextVariables(context),
      },
      ...policiesFor(request),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  );
  if (answer.resultType !== "error") {
    for (const policy of documentsOf(request)) valid.add(policy);
    return answer.overallResult;
  }
  if (answer.errors.message === "no.resource.types") return "NotApplicable";
  throw new Error(`${action} on ${resource} cannot be simulated: ${JSON.stringify(answer.errors)}`);
}

/**
 * The simulator checks and tries every statement for every request, which would take most of the time: once it has found
 * nothing wrong with the whole policy, it is given the statements about the action. A resource's policy and a boundary that
 * say nothing of the action stay whole: that they are there counts.
 */
function policiesFor({ action, identityPolicies, boundary, resourcePolicy }: Request) {
  const relevant = (policy: PolicyDocument) => (valid.has(policy) ? aboutAction(policy, action) : policy);
  const present = (policy: PolicyDocument) => withKnownKeys(orWhole(relevant(policy), policy));
  return {
    identityPolicies: identityPolicies
      .map(({ name, policy }) => ({ name, policy: relevant(policy) }))
      .filter(({ policy }) => policy.Statement.length > 0)
      .map(({ name, policy }) => ({ name, policy: withKnownKeys(policy) })),
    ...(boundary && {
      permissionBoundaryPolicies: [{ name: boundary.name, policy: present(boundary.policy) }],
    }),
    ...(resourcePolicy && { resourcePolicy: present(resourcePolicy) }),
  };
}

/** Policies that the simulator has found nothing wrong with. */
const valid = new WeakSet<PolicyDocument>();

const documentsOf = ({ identityPolicies, boundary, resourcePolicy }: Request): PolicyDocument[] =>
  [...identityPolicies.map(({ policy }) => policy), boundary?.policy, resourcePolicy].filter(
    (policy) => policy !== undefined,
  );

const orWhole = (part: PolicyDocument, whole: PolicyDocument): PolicyDocument =>
  part.Statement.length > 0 ? part : whole;

const contextVariables = (context: RequestContext): Record<string, string | string[]> =>
  Object.fromEntries(
    Object.entries(context).map(([key, value]) => [
      knownKey(key),
      typeof value === "string" ? value : [...value],
    ]),
  );

/** A claim of a token, by its issuer: `jenkins.example.com/oidc:sub`. */
const claimKey = /^[\w.-]+\.[\w.-]+(?:\/[\w.~-]+)*:(?:aud|sub)$/;

/**
 * The simulator knows keys whose last part is the user's (`kms:EncryptionContext:…`) only where a slash comes before it, as in
 * tags, and no claims of any issuer, and leaves others out of the request: these keep their meaning under such a name.
 */
const knownKey = (key: string): string =>
  claimKey.test(key)
    ? `aws:RequestTag/claim:${key}`
    : key.replace(/^kms:EncryptionContext:/, "aws:RequestTag/encryption-context:");

const known = new WeakMap<PolicyDocument, PolicyDocument>();

function withKnownKeys(policy: PolicyDocument): PolicyDocument {
  const made =
    known.get(policy) ??
    (JSON.parse(JSON.stringify(policy), (_key, value: unknown) =>
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).map(([key, one]) => [knownKey(key), one as unknown]))
        : value,
    ) as PolicyDocument);
  known.set(policy, made);
  return made;
}
