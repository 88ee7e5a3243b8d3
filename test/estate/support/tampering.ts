import {
  EventBridgeClient,
  ListTargetsByRuleCommand,
  PutRuleCommand,
  RemoveTargetsCommand,
} from "@aws-sdk/client-eventbridge";
import { IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { PutBucketVersioningCommand, S3Client } from "@aws-sdk/client-s3";
import type { AppliedEstate } from "../../support/applied-estate";

/** Changes a workload behind Terraform's back: one resource changed, one gone, one thing added, one weakened. */
export async function tamperWith(applied: AppliedEstate, name: string): Promise<void> {
  const access = await applied.access(name);
  const { account } = applied.environment(name);
  const statement = { Effect: "Allow", Action: "*", Resource: "*" };
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  await new IAMClient(access).send(
    new PutRolePolicyCommand({
      RoleName: "lambda-sagemaker-role-mammo-severity",
      PolicyName: "backdoor",
      PolicyDocument,
    }),
  );
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
