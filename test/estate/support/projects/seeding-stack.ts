import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
} from "@aws-sdk/client-cloudformation";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import type { AccountAccess } from "../../../../deploy/access/account-access";
import { until } from "../../../support/until";

const functionArn = "arn:aws:lambda:us-east-1:222222222222:function:mlops-prod-seed-repository";

/**
 * Puts an archive where seeds are, and fills a repository of GitLab's with it, by a stack that has nothing else.
 * @returns status of the stack, once it is at rest
 */
export async function seedByStack(
  access: AccountAccess,
  repository: string,
  archive: Buffer,
): Promise<string> {
  const Key = `seeds/${repository}.tar.gz`;
  const { VersionId } = await new S3Client(access).send(
    new PutObjectCommand({ Bucket: "mlops-prod-templates-222222222222", Key, Body: archive }),
  );
  const cloudformation = new CloudFormationClient(access);
  const seeded = {
    Type: "Custom::SeededRepository",
    Properties: {
      ...{ ServiceToken: functionArn, ServiceTimeout: 360, Host: "gitlab", Repository: repository },
      ...{ Seed: Key, SeedVersion: VersionId },
      Project: { projectName: "files", account: "222222222222", region: access.region },
    },
  };
  const StackName = repository.replaceAll("/", "-");
  const TemplateBody = JSON.stringify({ Resources: { Seeded: seeded } });
  await cloudformation.send(new CreateStackCommand({ StackName, TemplateBody }));
  return until(`the stack ${StackName} is at rest`, async () => {
    const { Stacks: [stack] = [] } = await cloudformation.send(new DescribeStacksCommand({ StackName }));
    return stack?.StackStatus?.endsWith("_IN_PROGRESS") === false ? stack.StackStatus : undefined;
  });
}
