import { allow, type IamStatement } from "../permissions";
import { Step, type StepProps } from "../step";
import type { Argument, StepReference, Value } from "../values";

export interface LambdaStepProps<Output extends string> extends StepProps {
  readonly functionArn: string;
  /** The event the function gets. @default empty */
  readonly inputs?: Readonly<Record<string, Value<string | number | boolean>>>;
  /** Keys of the function's result that other steps may refer to, all strings. */
  readonly outputs: readonly Output[];
}

/** Calls a function and takes strings from its result. */
export class LambdaStep<Output extends string> extends Step {
  constructor(
    name: string,
    private readonly props: LambdaStepProps<Output>,
  ) {
    super(name, "Lambda", props);
  }

  output(name: Output): StepReference {
    return this.reference(`OutputParameters['${name}']`);
  }

  arguments(): Argument {
    return this.props.inputs ?? {};
  }

  protected override extras(): Argument {
    return {
      FunctionArn: this.props.functionArn,
      OutputParameters: this.props.outputs.map((name) => ({ OutputName: name, OutputType: "String" })),
    };
  }

  permissions(): IamStatement[] {
    return [allow(["lambda:InvokeFunction"], [this.props.functionArn])];
  }
}
