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
}

/** An action, and under which condition it is refused. */
export interface Never {
  /** Without the prefix. */
  readonly action: string;
  readonly when: Condition;
}

/** What managing all of it takes, by service. */
export function managementStatements(all: readonly Management[]): Record<string, IdentityStatement[]> {
  const services = [...new Set(all.map(({ service }) => service))];
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

/** What several stacks refuse alike is said once: a policy has room for the names of ten models' resources only once. */
function neverStatements(service: string, own: readonly Management[]): IdentityStatement[] {
  const all = own.flatMap(({ never = [] }) => never);
  const once = new Map(all.map((one) => [JSON.stringify(one), one]));
  return [...once.values()].map(({ action, when }, at) => ({
    Sid: `Never${at + 1}`,
    Effect: "Deny",
    Action: [`${service}:${action}`],
    Resource: ["*"],
    Condition: when,
  }));
}

const statementOf = (Sid: string, service: string, own: readonly Management[]): IdentityStatement => ({
  Sid,
  Effect: "Allow",
  Action: unique(own.flatMap(({ actions }) => actions)).map((action) => `${service}:${action}`),
  Resource: unique(own.flatMap(({ resources }) => resources)),
});

const unique = (texts: readonly string[]): string[] => [...new Set(texts)];
