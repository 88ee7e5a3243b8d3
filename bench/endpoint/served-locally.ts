import { join } from "node:path";
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import {
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  CreateModelCommand,
  SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { startLocalAws } from "../../emulator/local-aws";
import { settledEndpoint } from "../../operate/endpoints";
import { actingAs, allow } from "./acting-as";

const account = "111111111111";
const caller = "444444444444";
const administrator = `arn:aws:iam::${account}:role/OrganizationAccountAccessRole`;
const role = `arn:aws:iam::${account}:role/serving`;
const image = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:3.0-5";
const name = "bench";

/** An endpoint of local AWS. */
export interface ServedLocally {
  readonly runtime: SageMakerRuntimeClient;
  readonly endpoint: string;
  stop(): Promise<void>;
}

/**
 * Serves a model in a local AWS of its own, in which policies count.
 * @param folder gets its log
 * @throws Error where it does not serve
 */
export async function serveLocally(python: string, archive: Buffer, folder: string): Promise<ServedLocally> {
  const localAws = await startLocalAws({
    python,
    callerAccount: caller,
    logFile: join(folder, "endpoint.log"),
    authorization: { administrators: [administrator], ledger: join(folder, "endpoint-needs.jsonl") },
  });
  try {
    const settings = await actingAs(localAws, administrator);
    await makeRole(new IAMClient(settings));
    const s3 = new S3Client({ ...settings, forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: name }));
    await s3.send(new PutObjectCommand({ Bucket: name, Key: "model.tar.gz", Body: archive }));
    await makeEndpoint(new SageMakerClient(settings));
    return {
      runtime: new SageMakerRuntimeClient(settings),
      endpoint: name,
      stop: () => localAws.stop(),
    };
  } catch (error) {
    await localAws.stop();
    throw error;
  }
}

async function makeRole(iam: IAMClient): Promise<void> {
  const trust = allow({ Principal: { Service: "sagemaker.amazonaws.com" }, Action: "sts:AssumeRole" });
  await iam.send(new CreateRoleCommand({ RoleName: "serving", AssumeRolePolicyDocument: trust }));
  await iam.send(
    new PutRolePolicyCommand({
      RoleName: "serving",
      PolicyName: "serve",
      PolicyDocument: allow({
        Action: ["s3:GetObject", "ecr:BatchGetImage", "ecr:GetAuthorizationToken", "logs:*"],
        Resource: ["*"],
      }),
    }),
  );
}

async function makeEndpoint(sagemaker: SageMakerClient): Promise<void> {
  const PrimaryContainer = { Image: image, ModelDataUrl: `s3://${name}/model.tar.gz` };
  await sagemaker.send(new CreateModelCommand({ ModelName: name, ExecutionRoleArn: role, PrimaryContainer }));
  const variant = { VariantName: "AllTraffic", ModelName: name, InitialInstanceCount: 1 };
  await sagemaker.send(
    new CreateEndpointConfigCommand({
      EndpointConfigName: name,
      ProductionVariants: [{ ...variant, InstanceType: "ml.m5.large" }],
    }),
  );
  await sagemaker.send(new CreateEndpointCommand({ EndpointName: name, EndpointConfigName: name }));
  const { EndpointStatus, FailureReason } = (await settledEndpoint(sagemaker, name)) ?? {};
  if (EndpointStatus !== "InService") throw new Error(`the endpoint does not serve: ${FailureReason ?? ""}`);
}
