import { CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CreateModelPackageCommand, type SageMakerClient } from "@aws-sdk/client-sagemaker";
import type { AccountAccess } from "../../../deploy/access/account-access";
import { until } from "../../support/until";

export const group = "mammo-severity-model-package";

/** A version that waits for approval. @returns its ARN */
export async function register(sagemaker: SageMakerClient): Promise<string> {
  const image = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:3.0-5";
  const { ModelPackageArn = "" } = await sagemaker.send(
    new CreateModelPackageCommand({
      ModelPackageGroupName: group,
      ModelApprovalStatus: "PendingManualApproval",
      InferenceSpecification: {
        Containers: [{ Image: image, ModelDataUrl: "s3://artifacts/model.tar.gz" }],
        SupportedContentTypes: ["text/csv"],
        SupportedResponseMIMETypes: ["text/csv"],
      },
    }),
  );
  return ModelPackageArn;
}

/** What the function that asks for builds has decided, in order, once that is so much. */
export const decisions = (registry: AccountAccess, count: number): Promise<string[]> =>
  until(`${count} decisions are logged`, async () => {
    const { events = [] } = await new CloudWatchLogsClient(registry).send(
      new FilterLogEventsCommand({ logGroupName: "/mlops/registry/approvals" }),
    );
    const lines = events.map(({ message = "" }) => (JSON.parse(message) as { message: string }).message);
    const decided = lines.filter((line) => /^(?:No build: |Build )/.test(line));
    return decided.length >= count ? decided : undefined;
  });
