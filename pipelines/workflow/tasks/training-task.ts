import { jobCondition } from "../../definition/network";
import { jobLogStatements, passRoleStatement } from "../../definition/permissions";
import { trainingStatements } from "../../definition/rendered/kinds/training";
import { trainingRequest, type TrainingJob } from "../../definition/steps/training-step";
import { vpcConfig, type JobVpc } from "../../definition/vpc";
import { jobTimeoutSeconds, sagemakerRetries, scopeOf, startJobStatements, type Task } from "../task";
import { knownStart, knownUris, type RunName, type Text } from "../values";

export interface TrainingTaskProps extends TrainingJob<Text, Text, number, Text | number> {
  /** Of its own each run: SageMaker takes no name of a job twice. */
  readonly jobName: RunName;
  /** Where the job is. @default SageMaker's own network */
  readonly network?: JobVpc | undefined;
}

/** Trains, and waits for the job. The repository of its image and the bucket of its output must be known beforehand. */
export function trainingTask(props: TrainingTaskProps): Task<"artifact"> {
  const { jobName, network, kmsKeyArn, roleArn } = props;
  const known = {
    kmsKeyArn,
    image: knownStart(props.image),
    inputUris: knownUris(Object.values(props.channels).map(({ s3Uri }) => s3Uri)),
    outputUri: knownStart(props.outputUri),
  };
  return {
    resource: "sagemaker:createTrainingJob.sync",
    parameters: {
      TrainingJobName: jobName,
      ...trainingRequest(props, (value) => (typeof value === "number" ? String(value) : value)),
      VpcConfig: network && vpcConfig(network),
    },
    outputs: { artifact: "$.ModelArtifacts.S3ModelArtifacts" },
    retries: sagemakerRetries,
    timeoutSeconds: jobTimeoutSeconds,
    permissions: (scope) => [
      ...startJobStatements(scope, "Training", jobCondition(kmsKeyArn, props), jobName),
      passRoleStatement({ executionRoleArn: roleArn }),
    ],
    jobPermissions: (scope) => [
      ...trainingStatements(scopeOf(scope, roleArn), known),
      ...jobLogStatements(scopeOf(scope, roleArn), "Training"),
    ],
  };
}
