import type { IdentityStatement } from "./policy";

/** What managing resources of one service with Terraform takes. */
export interface Management {
  /** Prefix of the service's IAM actions. */
  readonly service: string;
  /** Without the prefix. */
  readonly actions: readonly string[];
  /** ARNs. */
  readonly resources: readonly string[];
}

/** One statement a service, by service: what managing all of it takes. */
export function managementStatements(all: readonly Management[]): Record<string, IdentityStatement> {
  const services = [...new Set(all.map(({ service }) => service))];
  return Object.fromEntries(
    services.map((service) => {
      const own = all.filter((management) => management.service === service);
      return [service, statementOf(service, own)];
    }),
  );
}

const statementOf = (service: string, own: readonly Management[]): IdentityStatement => ({
  Sid: "Manage",
  Effect: "Allow",
  Action: unique(own.flatMap(({ actions }) => actions)).map((action) => `${service}:${action}`),
  Resource: unique(own.flatMap(({ resources }) => resources)),
});

const unique = (texts: readonly string[]): string[] => [...new Set(texts)];
