import type { Environment, Estate } from "../../../config/schema";
import { resourceName } from "../../../core/name-limits";

/** Physical names of what an audit stack holds. */
export function auditNames({ shared: { project } }: Estate, { name, account }: Environment) {
  const alerts = `${project}-${name}-audit`;
  return {
    trail: alerts,
    bucket: resourceName("bucket", project, name, "audit", account),
    keyAlias: resourceName("keyAlias", `alias/${project}`, name, "audit"),
    topic: alerts,
    deadLetterQueue: resourceName("queue", alerts, "undelivered-events"),
    deadLetterAlarm: resourceName("alarm", alerts, "undelivered-events"),
    newDeadLetterAlarm: resourceName("alarm", alerts, "new-undelivered-events"),
    ruleOf: (what: string): string => resourceName("rule", project, "audit", what),
  };
}
