import { SfnStateMachine } from "@cdktf/provider-aws/lib/sfn-state-machine";
import { Construct } from "constructs";
import { stateMachineArn, type AccountRegion } from "../../core/arns";
import type { Management } from "../../core/management";
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

/** What managing state machines takes, by name, and nothing of what they run. */
export const stateMachineManagement = (where: AccountRegion, names: readonly string[]): Management[] => [
  {
    service: "states",
    apart: { policy: "workflows", sid: "StateMachines" },
    actions: [
      ...["CreateStateMachine", "UpdateStateMachine", "DeleteStateMachine", "DescribeStateMachine"],
      ...["ListStateMachineVersions", "TagResource", "UntagResource", "ListTagsForResource"],
    ],
    resources: names.map((name) => stateMachineArn(where, name)),
  },
  {
    service: "states",
    apart: { policy: "workflows", sid: "Definitions" },
    actions: ["ValidateStateMachineDefinition"],
    resources: ["*"],
  },
];
