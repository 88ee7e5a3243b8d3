import type { IdentityStatement, PassedRole } from "../../core/policy";

/** Identity policy of the deploy role: hand each role to the services that use it, and to no other. */
export function passRolesStatements(roles: readonly PassedRole[]): IdentityStatement[] {
  const services = [...new Set(roles.map(({ to }) => to.join(" ")))];
  return services.map((to) => ({
    Sid: `PassTo${to.split(" ").map(nameOf).join("And")}`,
    Effect: "Allow",
    Action: ["iam:PassRole"],
    Resource: [...new Set(roles.filter((role) => role.to.join(" ") === to).map(({ roleArn }) => roleArn))],
    Condition: { StringEquals: { "iam:PassedToService": to.split(" ") } },
  }));
}

/** `lambda.amazonaws.com` is `Lambda`. */
const nameOf = ([first = "", ...rest]: string): string =>
  first.toUpperCase() + rest.join("").replace(/\..*$/, "");
