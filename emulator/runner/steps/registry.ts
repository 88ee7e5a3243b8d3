import { randomBytes } from "node:crypto";
import {
  CreateModelCommand,
  CreateModelPackageCommand,
  DescribeModelCommand,
  DescribeModelPackageCommand,
  CreateModelPackageGroupCommand,
  DescribeModelPackageGroupCommand,
  type SageMakerClient,
  type CreateModelPackageCommandInput,
  type CreateModelCommandInput,
} from "@aws-sdk/client-sagemaker";
import { described } from "./described";
import type { StepContext, StepResult } from "./step";

/**
 * Registers a version in a group, which this makes where there is none of that name; without a group the package has a
 * name of SageMaker's. AWS's SDK relies on both: it makes no group when it renders a pipeline, and its tests against the
 * service register in groups that nobody has made.
 * https://github.com/aws/sagemaker-python-sdk/blob/v2.257.1/tests/integ/sagemaker/workflow/test_model_steps.py
 * https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateModelPackage.html
 */
export async function registerModel(context: StepContext): Promise<StepResult> {
  const given = context.arguments as unknown as CreateModelPackageCommandInput;
  const { sagemaker } = await context.sessionOf();
  const { ModelPackageGroupName: group, ModelPackageName: name } = given;
  if (group && !group.startsWith("arn:")) await ensureGroup(sagemaker, group);
  const request = group || name ? given : { ...given, ModelPackageName: newName(context) };
  const { ModelPackageArn } = await sagemaker.send(new CreateModelPackageCommand(request));
  const version = await sagemaker.send(
    new DescribeModelPackageCommand({ ModelPackageName: ModelPackageArn ?? "" }),
  );
  return { metadata: { RegisterModel: { Arn: ModelPackageArn } }, properties: described(request, version) };
}

/** A group of another account is named by its ARN, and only there can it be made. */
async function ensureGroup(sagemaker: SageMakerClient, ModelPackageGroupName: string): Promise<void> {
  try {
    await sagemaker.send(new DescribeModelPackageGroupCommand({ ModelPackageGroupName }));
  } catch (error) {
    if (!(error as Error).message.includes("does not exist")) throw error;
    await sagemaker.send(new CreateModelPackageGroupCommand({ ModelPackageGroupName }));
  }
}

const newName = ({ executionId, definition }: StepContext): string =>
  `pipelines-${executionId}-${definition.Name.slice(0, 24).replaceAll("_", "-")}-${randomBytes(5).toString("hex")}`;

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateModel.html */
export async function model(context: StepContext): Promise<StepResult> {
  const request = context.arguments as unknown as CreateModelCommandInput;
  const ModelName = newName(context);
  const { sagemaker } = await context.sessionOf();
  const { ModelArn } = await sagemaker.send(new CreateModelCommand({ ...request, ModelName }));
  const made = await sagemaker.send(new DescribeModelCommand({ ModelName }));
  return { metadata: { Model: { Arn: ModelArn } }, properties: described(request, made) };
}
