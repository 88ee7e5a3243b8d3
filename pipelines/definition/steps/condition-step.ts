import { Step, type StepProps } from "../step";
import type { Argument, Value } from "../values";

type Comparison = "Equals" | "GreaterThan" | "GreaterThanOrEqualTo" | "LessThan" | "LessThanOrEqualTo";
type Operand = Value<string | number | boolean>;

/** https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-condition */
export type Condition =
  | { readonly type: Comparison; readonly left: Operand; readonly right: Operand }
  | { readonly type: "In"; readonly query: Operand; readonly values: readonly Operand[] }
  | { readonly type: "Not"; readonly condition: Condition }
  | { readonly type: "Or"; readonly conditions: readonly Condition[] };

export interface ConditionStepProps extends StepProps {
  /** All must hold. */
  readonly conditions: readonly Condition[];
  readonly ifSteps: readonly Step[];
  readonly elseSteps: readonly Step[];
}

/** Runs one of two lists of steps. */
export class ConditionStep extends Step {
  constructor(
    name: string,
    private readonly props: ConditionStepProps,
  ) {
    super(name, "Condition", props);
  }

  arguments(): Argument {
    return {
      ...this.conditions(),
      IfSteps: this.props.ifSteps.map((step) => step.toJSON()),
      ElseSteps: this.props.elseSteps.map((step) => step.toJSON()),
    } as Argument;
  }

  override content(): Argument {
    return this.conditions();
  }

  override nested(): readonly Step[] {
    return [...this.props.ifSteps, ...this.props.elseSteps];
  }

  private conditions(): { readonly Conditions: Argument } {
    return { Conditions: this.props.conditions.map(renderCondition) };
  }
}

function renderCondition(condition: Condition): Argument {
  switch (condition.type) {
    case "In":
      return { Type: "In", QueryValue: condition.query, Values: condition.values };
    case "Not":
      return { Type: "Not", Condition: renderCondition(condition.condition) };
    case "Or":
      return { Type: "Or", Conditions: condition.conditions.map(renderCondition) };
    default:
      return { Type: condition.type, LeftValue: condition.left, RightValue: condition.right };
  }
}
