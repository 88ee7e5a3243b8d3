import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Construct } from "constructs";
import { resourceName } from "../../core/name-limits";

export interface LogGroupProps {
  readonly logGroupName: string;
  /** ARN (not an alias: CloudWatch Logs takes none) of the key that encrypts the log events. */
  readonly keyArn: string;
}

/** Days that log events are kept. */
const retentionInDays = 365;

/** An encrypted log group that keeps its events for a year. */
export class LogGroup extends Construct {
  readonly group: CloudwatchLogGroup;

  constructor(scope: Construct, id: string, props: LogGroupProps) {
    super(scope, id);
    this.group = new CloudwatchLogGroup(this, "log-group", {
      name: resourceName("logGroup", props.logGroupName),
      kmsKeyId: props.keyArn,
      retentionInDays,
    });
  }
}
