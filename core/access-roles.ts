import { resourceName } from "./name-limits";

/**
 * Roles for daily work: `scientist` runs pipelines, `approver` decides on versions, `auditor` reads everything but data, and
 * `planner` plans and applies nothing.
 */
export const accessRoles = ["scientist", "approver", "auditor", "planner"] as const;
export type AccessRole = (typeof accessRoles)[number];

/** Of one name in every account, so that one name is enough to work in several. */
export const accessRoleName = (project: string, role: AccessRole): string =>
  resourceName("role", project, role);
