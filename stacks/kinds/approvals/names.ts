import type { Environment, Estate } from "../../../config/schema";
import { resourceName } from "../../../core/name-limits";

/** Physical names of what an approvals stack holds. */
export function approvalsNames({ shared: { project } }: Estate, { name }: Environment) {
  const approvals = `${project}-${name}-approvals`;
  return {
    function: resourceName("function", `${project}-${name}`, "release-trigger"),
    role: resourceName("role", `${project}-${name}`, "release-trigger"),
    rule: resourceName("rule", approvals),
    claims: resourceName("table", approvals),
    logGroup: resourceName("logGroup", `/${project}/${name}/approvals`),
    keyAlias: resourceName("keyAlias", `alias/${approvals}`),
    topic: resourceName("topic", approvals),
    deadLetterQueue: resourceName("queue", approvals, "undelivered-events"),
    deadLetterAlarm: resourceName("alarm", approvals, "undelivered-events"),
    newDeadLetterAlarm: resourceName("alarm", approvals, "new-undelivered-events"),
  };
}
