import {
  EventBridgeClient,
  ListTargetsByRuleCommand,
  PutRuleCommand,
  RemoveTargetsCommand,
} from "@aws-sdk/client-eventbridge";
import { DeleteRolePolicyCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { PutBucketVersioningCommand, S3Client } from "@aws-sdk/client-s3";
import type { Estate } from "../../config/schema";
import { accessTo } from "./deployed-estate";

const backdoor = { RoleName: "lambda-sagemaker-role", PolicyName: "backdoor" };

/** Changes a workload behind Terraform's back: one resource changed, one gone, one thing added, one weakened. */
export async function tamperWith(estate: Estate, name: string): Promise<void> {
  const access = await accessTo(estate, name);
  const account = estate.environments.find((environment) => environment.name === name)?.account ?? "";
  const statement = { Effect: "Allow", Action: "*", Resource: "*" };
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  await new IAMClient(access).send(new PutRolePolicyCommand({ ...backdoor, PolicyDocument }));
  await tamperWithRules(new EventBridgeClient(access));
  await new S3Client({ ...access, forcePathStyle: true }).send(
    new PutBucketVersioningCommand({
      Bucket: `mlops-${name}-sagemaker-data-${account}`,
      VersioningConfiguration: { Status: "Suspended" },
    }),
  );
}

async function tamperWithRules(events: EventBridgeClient): Promise<void> {
  await events.send(
    new PutRuleCommand({
      Name: "mammo-severity-inference-schedule",
      ScheduleExpression: "cron(0 5 * * ? *)",
    }),
  );
  const Rule = "mammo-severity-step-failure";
  const { Targets = [] } = await events.send(new ListTargetsByRuleCommand({ Rule }));
  await events.send(new RemoveTargetsCommand({ Rule, Ids: Targets.flatMap(({ Id }) => Id ?? []) }));
}

/** A role with a policy that Terraform does not know of cannot be deleted. */
export async function removeBackdoor(estate: Estate, name: string): Promise<void> {
  await new IAMClient(await accessTo(estate, name)).send(new DeleteRolePolicyCommand(backdoor));
}
