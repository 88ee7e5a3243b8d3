import type { Condition, IdentityStatement } from "./policy";

/** What managing resources of one service with Terraform takes. */
export interface Management {
  /** Prefix of the service's IAM actions. */
  readonly service: string;
  /** Without the prefix. */
  readonly actions: readonly string[];
  /** ARNs. */
  readonly resources: readonly string[];
  /** What only looks, and that AWS may refuse for a single resource. @default nothing */
  readonly looks?: Pick<Management, "actions" | "resources">;
  /** Which of it is never to be done, whatever the resource. @default all of it may be */
  readonly never?: readonly Never[];
  /** The policy that it is in, and as which statement. @default that of its service */
  readonly apart?: Apart;
}

/** A statement in a policy that several services share, or that has a part of one. */
export interface Apart {
  readonly policy: string;
  readonly sid: string;
  /** @default always */
  readonly when?: Condition;
}

/** An action, and under which condition it is refused. */
export interface Never {
  /** Without the prefix. */
  readonly action: string;
  readonly when: Condition;
}

/** What managing all of it takes, by policy: one a service, and those that are apart. */
export const managementStatements = (all: readonly Management[]): Record<string, IdentityStatement[]> => ({
  ...statementsByService(all.filter(({ apart }) => apart === undefined)),
  ...statementsApart(all.flatMap(({ apart, ...management }) => (apart ? [{ ...apart, management }] : []))),
});

function statementsByService(all: readonly Management[]): Record<string, IdentityStatement[]> {
  const services = unique(all.map(({ service }) => service));
  return Object.fromEntries(
    services.map((service) => {
      const own = all.filter((management) => management.service === service);
      const looks = own.flatMap(({ looks }) => (looks ? [{ service, ...looks }] : []));
      return [
        service,
        [
          statementOf("Manage", service, own),
          ...(looks.length > 0 ? [statementOf("Look", service, looks)] : []),
          ...neverStatements(service, own),
        ],
      ];
    }),
  );
}

function statementsApart(
  apart: readonly (Apart & { readonly management: Management })[],
): Record<string, IdentityStatement[]> {
  const policies = unique(apart.map(({ policy }) => policy));
  return Object.fromEntries(
    policies.map((policy) => {
      const within = apart.filter((one) => one.policy === policy);
      const statements = unique(within.map(({ sid }) => sid)).map((sid) => {
        const same = within.filter((one) => one.sid === sid);
        const [service = ""] = same.map(({ management }) => management.service);
        const [when] = same.map((one) => one.when);
        const all = same.map(({ management }) => management);
        return { ...statementOf(sid, service, all), ...(when && { Condition: when }) };
      });
      return [policy, statements];
    }),
  );
}

/**
 * What several stacks refuse alike is said once: a policy has room for the names of ten models' resources only once. What one of them lets through
 * is let through for all, for each refusal holds for whatever the role does.
 */
function neverStatements(service: string, own: readonly Management[]): IdentityStatement[] {
  const all = own.flatMap(({ never = [] }) => never);
  const once = new Map<string, Never>();
  for (const one of all) {
    const like = JSON.stringify([
      one.action,
      Object.entries(one.when).map(([by, keys]) => [by, Object.keys(keys)]),
    ]);
    const before = once.get(like);
    once.set(like, before ? lettingThroughBoth(before, one) : one);
  }
  return [...once.values()].map(({ action, when }, at) => ({
    Sid: `Never${at + 1}`,
    Effect: "Deny",
    Action: [`${service}:${action}`],
    Resource: ["*"],
    Condition: when,
  }));
}

/** Two refusals of one action by the same keys: each names what it lets through. */
function lettingThroughBoth(one: Never, other: Never): Never {
  const when = Object.fromEntries(
    Object.entries(one.when).map(([operator, keys]) => [
      operator,
      Object.fromEntries(
        Object.entries(keys).map(([key, values]) => {
          const all = unique([values, other.when[operator]?.[key] ?? []].flat());
          return [key, typeof values === "string" && all.length === 1 ? values : all];
        }),
      ),
    ]),
  );
  return { action: one.action, when };
}

const statementOf = (Sid: string, service: string, own: readonly Management[]): IdentityStatement => ({
  Sid,
  Effect: "Allow",
  Action: unique(own.flatMap(({ actions }) => actions)).map((action) => `${service}:${action}`),
  Resource: unique(own.flatMap(({ resources }) => resources)),
});

const unique = (texts: readonly string[]): string[] => [...new Set(texts)];
