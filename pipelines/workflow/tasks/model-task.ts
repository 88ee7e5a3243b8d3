import { modelCondition } from "../../definition/network";
import { allow, imageStatements, passRoleStatement, sagemakerArn } from "../../definition/permissions";
import { modelRequest, type ModelParts } from "../../definition/steps/model-step";
import { vpcConfig, type JobVpc } from "../../definition/vpc";
import { sagemakerRetries, type Task } from "../task";
import { knownStart, type RunName, type Text } from "../values";

export interface ModelTaskProps extends ModelParts<Text> {
  /** Of its own each run: SageMaker takes no name of a model twice. */
  readonly modelName: RunName;
  /** Where its containers are. @default SageMaker's own network */
  readonly network?: JobVpc | undefined;
}

/** Seconds that making it may take, which it does at once. */
const timeoutSeconds = 300;

/** Creates a SageMaker model. Its role may read the artifact, which is known only then, for it has written it. */
export function modelTask(props: ModelTaskProps): Task<never> {
  const { modelName, roleArn, network } = props;
  return {
    resource: "sagemaker:createModel",
    parameters: {
      ModelName: modelName,
      ...modelRequest(props),
      VpcConfig: network && vpcConfig(network),
    },
    outputs: {},
    retries: sagemakerRetries,
    timeoutSeconds,
    permissions: (scope) => [
      allow(
        ["sagemaker:CreateModel"],
        [sagemakerArn(scope, `model/${modelName.prefix}-*`)],
        modelCondition(props),
      ),
      passRoleStatement({ executionRoleArn: roleArn }),
    ],
    jobPermissions: () => imageStatements(knownStart(props.image)),
  };
}
