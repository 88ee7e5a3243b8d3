import { regionalArn, ruleArn } from "../../../../core/arns";
import type { Condition } from "../../../../core/policy";
import { allow } from "../../permissions";
import type { Json } from "../../values";
import { textOf, told, valueAt } from "../json";
import type { DerivedKind } from "../kind";

/** What tells SageMaker that an EMR step has ended. It makes the rule itself. */
const rule = "SageMakerPipelineExecutionEMRStepStatusUpdateRule";

/**
 * A step of a cluster that runs. The cluster's role, or the step's own, reads and writes what it works on.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/security-iam-awsmanpol-pipelines.html
 */
export const emr: DerivedKind = {
  permissions: ({ Arguments }, scope) => {
    if (valueAt(Arguments, "ClusterConfig") !== undefined)
      throw new Error(
        "ClusterConfig must not be given: IAM knows no condition on the roles, keys and network of a new cluster; name one by ClusterId",
      );
    const id = textOf(valueAt(Arguments, "ClusterId"));
    if (id === undefined || !/^j-[0-9A-Z]+$/.test(id))
      throw new Error(`ClusterId must be known beforehand, got: ${told(valueAt(Arguments, "ClusterId"))}`);
    const cluster = [regionalArn("elasticmapreduce", scope, `cluster/${id}`)];
    return [
      allow(
        ["elasticmapreduce:AddJobFlowSteps"],
        cluster,
        roleOfStep(valueAt(Arguments, "ExecutionRoleArn")),
      ),
      allow(
        ["CancelSteps", "DescribeCluster", "DescribeStep", "ListSteps"].map(
          (action) => `elasticmapreduce:${action}`,
        ),
        cluster,
      ),
      allow(["events:DescribeRule", "events:PutRule", "events:PutTargets"], [ruleArn(scope, rule)]),
    ];
  },
};

/** Whether the step may say which role it works as, and which. */
function roleOfStep(value: Json | undefined): Condition {
  if (value === undefined) return { Null: { "elasticmapreduce:ExecutionRoleArn": "true" } };
  const role = textOf(value);
  if (role === undefined) throw new Error(`ExecutionRoleArn must be known beforehand, got: ${told(value)}`);
  return { StringEquals: { "elasticmapreduce:ExecutionRoleArn": role } };
}
