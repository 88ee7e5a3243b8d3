import type { Construct } from "constructs";
import type { Estate, RegistryEnvironment } from "../../config/schema";
import { modelPackageGroupArn, modelPackagesArn } from "../../core/arns";
import { decideStatement, lookUpVersionsStatements } from "../../modules/iam/registry-statements";
import { accountRegionOf } from "../topology";
import { addAccessRole } from "./access-role";

/** `approver`: sees the versions of these groups and decides on them. It registers none, and changes nothing else of one. */
export function addApprover(
  scope: Construct,
  estate: Estate,
  registry: RegistryEnvironment,
  groups: readonly string[],
): void {
  if (groups.length === 0) return;
  const where = accountRegionOf(registry);
  addAccessRole(scope, "approver", {
    estate,
    environment: registry,
    description: "Approves and rejects versions of models",
    policies: {
      versions: [
        ...lookUpVersionsStatements(where, groups),
        decideStatement(
          groups.flatMap((group) => [modelPackageGroupArn(where, group), modelPackagesArn(where, group)]),
        ),
      ],
    },
  });
}
