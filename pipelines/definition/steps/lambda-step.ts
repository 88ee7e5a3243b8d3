import { CallingStep, type CallingStepProps } from "./calling-step";

export interface LambdaStepProps<Output extends string> extends CallingStepProps<Output> {
  readonly functionArn: string;
}

/** Calls a function and takes strings from its result. */
export class LambdaStep<Output extends string> extends CallingStep<Output> {
  constructor(
    name: string,
    private readonly props: LambdaStepProps<Output>,
  ) {
    super(name, "Lambda", props);
  }

  protected callee() {
    return { FunctionArn: this.props.functionArn };
  }
}
