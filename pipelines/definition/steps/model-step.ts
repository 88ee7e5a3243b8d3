import { modelNetwork, modelCondition, type NetworkProps } from "../network";
import {
  allow,
  imageStatements,
  passRoleStatement,
  readStatements,
  sagemakerArn,
  type IamStatement,
  type PermissionScope,
} from "../permissions";
import { Step, type RetriedStepProps } from "../step";
import type { Argument, StepReference, Value } from "../values";

/** What a model is made of. What may stand for a text, whoever makes it says. */
export interface ModelParts<Text> extends NetworkProps {
  readonly image: Text;
  /** S3 URI of `model.tar.gz`. */
  readonly modelDataUri: Text;
  readonly roleArn: string;
  readonly environment?: Readonly<Record<string, Text>>;
}

export interface ModelStepProps extends RetriedStepProps, ModelParts<Value<string>> {}

/** Creates a SageMaker model. */
export class ModelStep extends Step {
  constructor(
    name: string,
    private readonly props: ModelStepProps,
  ) {
    super(name, "Model", props);
  }

  get modelName(): StepReference {
    return this.reference("ModelName");
  }

  arguments(): Argument {
    return modelRequest(this.props);
  }

  /** An image or artifact known only when the pipeline runs is read with what the role has beside these statements. */
  permissions(scope: PermissionScope): IamStatement[] {
    const actions = ["DescribeModel", "DeleteModel", "AddTags"].map((action) => `sagemaker:${action}`);
    const models = [sagemakerArn(scope, "model/pipelines-*")];
    const { image, modelDataUri } = this.props;
    return [
      allow(["sagemaker:CreateModel"], models, modelCondition(this.props)),
      allow(actions, models),
      passRoleStatement(scope),
      ...(typeof image === "string" ? imageStatements(image) : []),
      ...readStatements(scope, modelDataUri),
    ];
  }
}

/** `CreateModel`, but for the model's name. */
export const modelRequest = <Text>(model: ModelParts<Text>) => ({
  ExecutionRoleArn: model.roleArn,
  PrimaryContainer: {
    Image: model.image,
    Environment: model.environment ?? {},
    ModelDataUrl: model.modelDataUri,
  },
  ...modelNetwork(model),
});
