import { FlowLog as AwsFlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { Construct } from "constructs";
import { logGroupArn, type AccountRegion } from "../../core/arns";
import { serviceTrust } from "../../core/policy";
import { Role } from "../iam/role";
import { LogGroup } from "../logs/log-group";

export interface FlowLogProps {
  readonly accountRegion: AccountRegion;
  readonly vpcId: string;
  readonly logGroupName: string;
  readonly roleName: string;
  readonly keyArn: string;
}

/** What was let through a network and what was not, for a year. https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html */
export class FlowLog extends Construct {
  constructor(scope: Construct, id: string, props: FlowLogProps) {
    super(scope, id);
    const { accountRegion, logGroupName, keyArn } = props;
    const { group } = new LogGroup(this, "log", { logGroupName, keyArn });
    const role = new Role(this, "role", {
      roleName: props.roleName,
      description: "Writes the flow logs of a network",
      trust: [serviceTrust(["vpc-flow-logs.amazonaws.com"], accountRegion.account)],
      inlinePolicies: {
        "flow-logs": [
          {
            Effect: "Allow",
            Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
            Resource: [`${logGroupArn(accountRegion, logGroupName)}:*`],
          },
          { Effect: "Allow", Action: ["logs:DescribeLogGroups"], Resource: ["*"] },
        ],
      },
    });
    new AwsFlowLog(this, "flows", {
      vpcId: props.vpcId,
      trafficType: "ALL",
      logDestination: group.arn,
      iamRoleArn: role.arn,
      dependsOn: role.policies,
    });
  }
}
