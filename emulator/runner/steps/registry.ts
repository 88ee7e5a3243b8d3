import { randomBytes } from "node:crypto";
import {
  CreateModelCommand,
  CreateModelPackageCommand,
  DescribeModelCommand,
  DescribeModelPackageCommand,
  type CreateModelPackageCommandInput,
  type CreateModelCommandInput,
} from "@aws-sdk/client-sagemaker";
import { described } from "./described";
import type { StepContext, StepResult } from "./step";

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateModelPackage.html */
export async function registerModel(context: StepContext): Promise<StepResult> {
  const request = context.arguments as unknown as CreateModelPackageCommandInput;
  const { sagemaker } = await context.sessionOf();
  const { ModelPackageArn } = await sagemaker.send(new CreateModelPackageCommand(request));
  const version = await sagemaker.send(
    new DescribeModelPackageCommand({ ModelPackageName: ModelPackageArn ?? "" }),
  );
  return { metadata: { RegisterModel: { Arn: ModelPackageArn } }, properties: described(request, version) };
}

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateModel.html */
export async function model(context: StepContext): Promise<StepResult> {
  const { executionId, definition } = context;
  const request = context.arguments as unknown as CreateModelCommandInput;
  const ModelName = `pipelines-${executionId}-${definition.Name.slice(0, 24)}-${randomBytes(5).toString("hex")}`;
  const { sagemaker } = await context.sessionOf();
  const { ModelArn } = await sagemaker.send(new CreateModelCommand({ ...request, ModelName }));
  const made = await sagemaker.send(new DescribeModelCommand({ ModelName }));
  return { metadata: { Model: { Arn: ModelArn } }, properties: described(request, made) };
}
