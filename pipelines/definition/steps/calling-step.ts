import { Step, type StepKind, type CachedStepProps } from "../step";
import type { Argument, StepReference, Value } from "../values";

export interface CallingStepProps<Output extends string> extends CachedStepProps {
  /** What is handed over. @default nothing */
  readonly inputs?: Readonly<Record<string, Value<string | number | boolean>>>;
  /** Keys of the answer that other steps may refer to, all strings. */
  readonly outputs: readonly Output[];
}

/** A step that hands something over and takes strings from the answer. */
export abstract class CallingStep<Output extends string> extends Step {
  constructor(
    name: string,
    kind: StepKind,
    private readonly call: CallingStepProps<Output>,
  ) {
    super(name, kind, call);
  }

  output(name: Output): StepReference {
    return this.reference(`OutputParameters['${name}']`);
  }

  arguments(): Argument {
    return this.call.inputs ?? {};
  }

  /** Whom the step calls. */
  protected abstract callee(): Readonly<Record<string, Argument>>;

  protected override extras(): Argument {
    const outputs = this.call.outputs.map((name) => ({ OutputName: name, OutputType: "String" }));
    return { ...this.callee(), OutputParameters: outputs };
  }
}
