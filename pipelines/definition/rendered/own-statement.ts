import {
  allow,
  imageRepositoryStatements,
  s3Statements,
  type IamStatement,
  type PermissionScope,
} from "../permissions";
import { unionOf } from "../union";

/** What a model asks for beside what follows from its definitions, and why. */
export interface OwnStatement {
  readonly reason: string;
  /** The steps that need it. */
  readonly steps: readonly string[];
  /** Of one service. */
  readonly actions: readonly string[];
  /** ARNs; of S3, `s3://bucket/prefix`. */
  readonly resources: readonly string[];
}

/** IAM's statements of it, which the reason names: a plan shows that, and so does IAM itself. */
export function statementsOf(scope: PermissionScope, own: OwnStatement): IamStatement[] {
  const name = statementId(own.reason);
  return unionOf(allowedBy(scope, own)).map((statement, at) => ({
    Sid: at === 0 ? name : `${name}${at + 1}`,
    ...statement,
  }));
}

function allowedBy(scope: PermissionScope, { actions, resources }: OwnStatement): IamStatement[] {
  if (actions.some((action) => action.startsWith("s3:")))
    return resources.flatMap((uri) => s3Statements(scope, uri, actions));
  if (actions.some((action) => action.startsWith("ecr:"))) return imageRepositoryStatements(resources);
  return [allow(actions, resources)];
}

/**
 * A reason as the id of a statement: `Rates come from finance's table` → `RatesComeFromFinancesTable`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html
 */
export const statementId = (reason: string): string =>
  reason
    .replaceAll(/['’]/g, "")
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
