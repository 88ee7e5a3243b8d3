import { DataAwsCloudwatchLogGroups } from "@cdktf/provider-aws/lib/data-aws-cloudwatch-log-groups";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { jobKinds, jobLogGroup, jobLogGroupPrefix } from "../../core/job-log-groups";
import { LogGroup } from "./log-group";

export interface JobLogGroupsProps {
  readonly keyArn: string;
}

/**
 * The log groups of SageMaker's jobs, encrypted and with their retention. Their names are SageMaker's own, which makes them with the
 * first job where they are not there, without either: one that stands is imported.
 */
export class JobLogGroups extends Construct {
  constructor(scope: Construct, id: string, { keyArn }: JobLogGroupsProps) {
    super(scope, id);
    const standing = new DataAwsCloudwatchLogGroups(this, "standing", {
      logGroupNamePrefix: jobLogGroupPrefix,
    });
    const imports = jobKinds.map((kind) => {
      const name = jobLogGroup(kind);
      const { group } = new LogGroup(this, kind, { logGroupName: name, keyArn });
      return {
        for_each: `\${toset([for name in ${standing.fqn}.log_group_names : name if name == "${name}"])}`,
        to: `${group.terraformResourceType}.${group.friendlyUniqueId}`,
        id: "${each.value}",
      };
    });
    TerraformStack.of(this).addOverride("import", imports);
  }
}
