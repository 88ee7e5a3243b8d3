import { notSeeded, seededRepository } from "../core/seeded-repositories";
import type { StackResource } from "./stacks-of-projects";

/** What stays of a project whose stack goes, or was taken back. */
export interface Stays {
  /** Repositories that it filled, such as `gitlab:ml/churn-build`. */
  readonly repositories: readonly string[];
  /** Name of the group of its versions, which goes only where making the project failed. */
  readonly modelPackageGroup: string | undefined;
}

export function staysOf(resources: readonly StackResource[]): Stays {
  const repositories = resources.filter(
    ({ type, physicalId }) =>
      type === seededRepository && physicalId !== "" && !physicalId.startsWith(notSeeded),
  );
  const group = resources.find(
    ({ type, status }) => type === "AWS::SageMaker::ModelPackageGroup" && status !== "DELETE_COMPLETE",
  );
  return {
    repositories: repositories.map(({ physicalId }) => physicalId),
    modelPackageGroup: group?.physicalId.split("/").at(-1),
  };
}
