import { ModelStep, Pipeline, TransformStep, type RenderedPipeline } from "../../../pipelines/definition";
import { devContext, mammoSeverity } from "../../support/mammo-severity";
import { rendered, stepsByName } from "../../support/model";

interface RetryPolicy {
  readonly ExceptionType: readonly string[];
}

const stepsOf = (pipeline: RenderedPipeline) => Object.values(stepsByName(rendered(pipeline)));
const { train, inference } = mammoSeverity();

const calls = ["Step.SERVICE_FAULT", "Step.THROTTLING"];
const jobs = ["SageMaker.JOB_INTERNAL_ERROR", "SageMaker.CAPACITY_ERROR"];
// https://docs.aws.amazon.com/sagemaker/latest/dg/pipelines-retry-policy.html; the SDK refuses a job's for a model.
const retried: Readonly<Record<string, readonly (readonly string[])[]>> = {
  Processing: [calls, jobs],
  Training: [calls, jobs],
  Transform: [calls, jobs],
  Model: [calls],
  RegisterModel: [calls],
};

test.each([...stepsOf(train), ...stepsOf(inference)].map((step) => [step.Name, step] as const))(
  "%s is tried again after the errors that SageMaker retries for its kind, and no others",
  (_, { Type, RetryPolicies }) => {
    const policies = RetryPolicies as readonly RetryPolicy[] | undefined;
    expect(policies?.map(({ ExceptionType }) => ExceptionType)).toEqual(retried[Type]);
  },
);

test("a step that gives its policies, or none, has those", () => {
  const model = new ModelStep("Model", {
    image: "image",
    modelDataUri: "s3://b/m",
    roleArn: "r",
    retryPolicies: [],
  });
  const score = new TransformStep("Score", {
    modelName: model.modelName,
    instanceType: "ml.m5.xlarge",
    instanceCount: 1,
    inputUri: "s3://b/in",
    outputUri: "s3://b/out",
    contentType: "text/csv",
    kmsKeyArn: devContext.kmsKeyArn,
    volumeKeyArn: devContext.volumeKeyArn,
    retryPolicies: [{ exceptionTypes: ["SageMaker.RESOURCE_LIMIT"], expireAfterMinutes: 60 }],
  });
  const [first, second] = stepsOf(
    new Pipeline({ ...devContext, name: "p", parameters: [], steps: [model, score] }),
  );
  expect(first).not.toHaveProperty("RetryPolicies");
  expect(second?.RetryPolicies).toEqual([
    { ExceptionType: ["SageMaker.RESOURCE_LIMIT"], ExpireAfterMin: 60 },
  ]);
});
