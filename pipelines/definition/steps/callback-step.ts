import { CallingStep, type CallingStepProps } from "./calling-step";

export interface CallbackStepProps<Output extends string> extends CallingStepProps<Output> {
  /** Queue that gets the inputs and a token to answer with. */
  readonly queueUrl: string;
}

/** Puts a message on a queue and waits until somebody answers it. */
export class CallbackStep<Output extends string> extends CallingStep<Output> {
  constructor(
    name: string,
    private readonly props: CallbackStepProps<Output>,
  ) {
    super(name, "Callback", props);
  }

  protected callee() {
    return { SqsQueueUrl: this.props.queueUrl };
  }
}
