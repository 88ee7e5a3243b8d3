import { SfnStateMachine } from "@cdktf/provider-aws/lib/sfn-state-machine";
import { Construct } from "constructs";
import { resourceName } from "../../core/name-limits";
import { escapeTemplate, withStandIns } from "../terraform/escape-template";

export interface StateMachineProps {
  readonly stateMachineName: string;
  /** In Amazon States Language. */
  readonly definition: string;
  readonly roleArn: string;
  /** ARN of an encrypted log group. */
  readonly logGroupArn: string;
  /** What Terraform alone knows, by the text that stands for it in the definition. @default nothing */
  readonly standIns?: Readonly<Record<string, string>>;
  /** What its states call. @default nothing */
  readonly dependsOn?: readonly Construct[];
}

/**
 * A state machine whose executions are logged, event by event, and traced. What states are given and give is not in the log: tokens, by which
 * whoever has one answers for a person, are among it.
 */
export class StateMachine extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: StateMachineProps) {
    super(scope, id);
    const machine = new SfnStateMachine(this, "state-machine", {
      name: resourceName("stateMachine", props.stateMachineName),
      type: "STANDARD",
      roleArn: props.roleArn,
      definition: withStandIns(escapeTemplate(props.definition), props.standIns),
      loggingConfiguration: {
        level: "ALL",
        includeExecutionData: false,
        logDestination: `${props.logGroupArn}:*`,
      },
      tracingConfiguration: { enabled: true },
    });
    machine.node.addDependency(...(props.dependsOn ?? []));
    this.arn = machine.arn;
  }
}
