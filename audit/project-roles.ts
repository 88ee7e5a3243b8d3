import type { Estate } from "../config/schema";
import { policyArn } from "../core/arns";
import { projectTemplatesNames } from "../core/project-names";
import type { Cell } from "./matrix";

/**
 * Whether this is the role that makes SageMaker projects at its work: it makes roles called after projects, and gives them what their boundary
 * lets them have; and it takes back the group of versions of a project whose making failed.
 * @param name of who may, as the matrix has it
 */
export function makesProjects(
  { shared: { project }, environments }: Estate,
  name: string,
  cell: Cell,
): boolean {
  const environment = environments.find(({ account }) => account === cell.account);
  if (environment?.kind !== "workload") return false;
  const { prefix, launchRole, boundary } = projectTemplatesNames({
    project,
    environment: environment.name,
    account: environment.account,
  });
  if (name !== `${environment.name}/${launchRole}`) return false;
  if (cell.action === "sagemaker:DeleteModelPackageGroup") return /\/[\w-]+-p-\w+$/.test(cell.resource);
  const [, role = ""] = cell.resource.split(":role/");
  const isOfProject = role.startsWith(`${prefix}-p-`) && /-(?:execution|ci)$/.test(role);
  const bounded = policyArn(environment, environment.permissionsBoundary ?? boundary);
  return isOfProject && (!grants.test(cell.action) || cell.when["iam:PermissionsBoundary"] === bounded);
}

/** What a role gets permissions by, or loses the boundary of. */
const grants = /^iam:(?:Attach|Create|Put|DeleteRolePermissionsBoundary)/;
