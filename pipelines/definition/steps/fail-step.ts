import { Step, type StepProps } from "../step";
import type { Argument, Value } from "../values";

export interface FailStepProps extends StepProps {
  readonly errorMessage: Value<string>;
}

/** Ends the execution as failed, with a message. */
export class FailStep extends Step {
  constructor(
    name: string,
    private readonly props: FailStepProps,
  ) {
    super(name, "Fail", props);
  }

  arguments(): Argument {
    return { ErrorMessage: this.props.errorMessage };
  }
}
