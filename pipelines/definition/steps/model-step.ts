import { modelNetwork, type NetworkProps } from "../network";
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
