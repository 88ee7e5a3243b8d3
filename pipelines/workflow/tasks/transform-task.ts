import { transformCondition } from "../../definition/network";
import { jobLogStatements } from "../../definition/permissions";
import { transformStatements } from "../../definition/rendered/kinds/transform";
import { transformRequest, type TransformJob } from "../../definition/steps/transform-step";
import { jobTimeoutSeconds, sagemakerRetries, scopeOf, startJobStatements, type Task } from "../task";
import { knownStart, knownUris, type RunName, type Text } from "../values";

export interface TransformTaskProps extends TransformJob<Text, number> {
  /** Of its own each run: SageMaker takes no name of a job twice. */
  readonly jobName: RunName;
  /** Role of the model that scores, which the job works as. */
  readonly roleArn: string;
}

/** Scores a batch, line by line, and waits for the job. The bucket of its output must be known beforehand. */
export function transformTask(props: TransformTaskProps): Task<"outputUri"> {
  const { jobName, kmsKeyArn, roleArn } = props;
  const known = {
    kmsKeyArn,
    inputUris: knownUris([props.inputUri]),
    outputUri: knownStart(props.outputUri),
  };
  return {
    resource: "sagemaker:createTransformJob.sync",
    parameters: { TransformJobName: jobName, ...transformRequest(props) },
    outputs: { outputUri: "$.TransformOutput.S3OutputPath" },
    retries: sagemakerRetries,
    timeoutSeconds: jobTimeoutSeconds,
    permissions: (scope) => startJobStatements(scope, "Transform", transformCondition(kmsKeyArn), jobName),
    jobPermissions: (scope) => [
      ...transformStatements(scopeOf(scope, roleArn), known),
      ...jobLogStatements(scopeOf(scope, roleArn), "Transform"),
    ],
  };
}
