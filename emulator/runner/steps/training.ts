import { CreateTrainingJobCommand, DescribeTrainingJobCommand } from "@aws-sdk/client-sagemaker";
import { withJob } from "../jobs/job";
import { train, type TrainingRequest } from "../jobs/training-job";
import { described } from "./described";
import type { Resolved, StepContext, StepResult } from "./step";

/** https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-training-algo.html */
export async function training(context: StepContext): Promise<StepResult> {
  const request = withTextHyperparameters(context.arguments as unknown as TrainingRequest);
  const create = async (TrainingJobName: string) => {
    const { sagemaker } = await context.sessionOf();
    return (await sagemaker.send(new CreateTrainingJobCommand({ ...request, TrainingJobName })))
      .TrainingJobArn;
  };
  const metadata = (Arn: string) => ({ TrainingJob: { Arn } });
  const description = { kind: "training", create, metadata } as const;
  const { name, arn } = await withJob(context, description, (job) => train(context, request, job));
  if (context.standing) return { metadata: metadata(arn), properties: {} };
  const { sagemaker } = await context.sessionOf();
  const job = await sagemaker.send(new DescribeTrainingJobCommand({ TrainingJobName: name }));
  return { metadata: metadata(arn), properties: described(request, job) };
}

const withTextHyperparameters = (request: TrainingRequest): TrainingRequest => ({
  ...request,
  HyperParameters: Object.fromEntries(
    Object.entries((request.HyperParameters ?? {}) as Resolved).map(([name, value]) => [name, String(value)]),
  ),
});
