import { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import { EventBridgeClient, ListRulesCommand } from "@aws-sdk/client-eventbridge";
import { IAMClient, paginateListRoles } from "@aws-sdk/client-iam";
import {
  ListCodeRepositoriesCommand,
  ListModelPackageGroupsCommand,
  SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import type { AccountAccess } from "../../../../deploy/access/account-access";
import { collect } from "../../../../operate/pages";
import { standingStacks } from "../../../../operate/stacks-of-projects";

/** Names of everything that an account has of projects. */
export async function standing(access: AccountAccess) {
  const [sagemaker, iam] = [new SageMakerClient(access), new IAMClient(access)];
  const roles = await collect(paginateListRoles({ client: iam }, {}), ({ Roles }) => Roles);
  const { Rules = [] } = await new EventBridgeClient(access).send(
    new ListRulesCommand({ NamePrefix: "sagemaker-p-" }),
  );
  const { CodeRepositorySummaryList = [] } = await sagemaker.send(new ListCodeRepositoriesCommand({}));
  const { ModelPackageGroupSummaryList = [] } = await sagemaker.send(new ListModelPackageGroupsCommand({}));
  return {
    stacks: await standingStacks(new CloudFormationClient(access), "S"),
    roles: roles.map(({ RoleName = "" }) => RoleName).filter((name) => name.startsWith("mlops-prod-p-")),
    rules: Rules.map(({ Name }) => Name),
    repositories: CodeRepositorySummaryList.map(({ CodeRepositoryName }) => CodeRepositoryName),
    groups: ModelPackageGroupSummaryList.map(
      ({ ModelPackageGroupName = "" }) => ModelPackageGroupName,
    ).filter((name) => /-p-[a-z0-9]{12}$/.test(name)),
  };
}

export const nothing = { stacks: [], roles: [], rules: [], repositories: [], groups: [] };
