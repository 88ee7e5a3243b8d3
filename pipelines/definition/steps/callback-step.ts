import { allow, type IamStatement } from "../permissions";
import { Step, type StepProps } from "../step";
import type { Argument, StepReference, Value } from "../values";

export interface CallbackStepProps<Output extends string> extends StepProps {
  /** Queue that gets the inputs and a token to answer with. */
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly inputs?: Readonly<Record<string, Value<string | number | boolean>>>;
  readonly outputs: readonly Output[];
}

/** Puts a message on a queue and waits until somebody answers it. */
export class CallbackStep<Output extends string> extends Step {
  constructor(
    name: string,
    private readonly props: CallbackStepProps<Output>,
  ) {
    super(name, "Callback", props);
  }

  output(name: Output): StepReference {
    return this.reference(`OutputParameters['${name}']`);
  }

  arguments(): Argument {
    return this.props.inputs ?? {};
  }

  protected override extras(): Argument {
    return {
      SqsQueueUrl: this.props.queueUrl,
      OutputParameters: this.props.outputs.map((name) => ({ OutputName: name, OutputType: "String" })),
    };
  }

  permissions(): IamStatement[] {
    return [allow(["sqs:SendMessage"], [this.props.queueArn])];
  }
}
