import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { LambdaFunctionEventInvokeConfig } from "@cdktf/provider-aws/lib/lambda-function-event-invoke-config";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { AssetType, Fn, TerraformAsset, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Management } from "../../core/management";
import { resourceName } from "../../core/name-limits";
import type { Network } from "../ec2/statements";
import { packageHandler } from "./package-handler";

export interface NodeFunctionProps {
  readonly functionName: string;
  readonly description: string;
  /** Name of its folder in `lambdas/`, whose `index.ts` exports `handler`. */
  readonly handler: string;
  readonly roleArn: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Seconds that a call may take. @default 60 */
  readonly timeout?: number;
  /** Where it runs. @default Lambda's own networks */
  readonly network?: Network | undefined;
  /** An existing log group, encrypted and with its retention set. */
  readonly logGroupName: string;
  /** Takes events that the function failed on, twice more than once, when nobody waits for its answer. @default none */
  readonly deadLetterQueueArn?: string;
  /**
   * Takes what the function failed on, and of what, when nobody waits for its answer: after three tries within an hour. Its role must be
   * allowed to send there. @default none
   */
  readonly onFailureQueueArn?: string;
  /** What must stand first, such as its role's policies. @default nothing */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/** AWS's own levels, said because it answers with them. */
const jsonLogs = { logFormat: "JSON", applicationLogLevel: "INFO", systemLogLevel: "INFO" } as const;

/** A small Node.js function on Graviton that logs JSON to a given log group. */
export class NodeFunction extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: NodeFunctionProps) {
    super(scope, id);
    const asset = new TerraformAsset(this, "package", {
      path: packageHandler(props.handler),
      type: AssetType.FILE,
    });
    const lambda = new LambdaFunction(this, "function", {
      functionName: resourceName("function", props.functionName),
      description: props.description,
      role: props.roleArn,
      filename: asset.path,
      sourceCodeHash: Fn.filebase64sha256(asset.path),
      handler: "index.handler",
      runtime: "nodejs22.x",
      architectures: ["arm64"],
      memorySize: 256,
      timeout: props.timeout ?? 60,
      environment: { variables: { ...props.environment } },
      ...(props.network && {
        vpcConfig: {
          subnetIds: [...props.network.subnetIds],
          securityGroupIds: [...props.network.securityGroupIds],
        },
      }),
      loggingConfig: { ...jsonLogs, logGroup: props.logGroupName },
      ...(props.dependsOn && { dependsOn: [...props.dependsOn] }),
      ...(props.deadLetterQueueArn && { deadLetterConfig: { targetArn: props.deadLetterQueueArn } }),
    });
    this.arn = lambda.arn;
    if (props.onFailureQueueArn !== undefined) this.onFailure(lambda.functionName, props.onFailureQueueArn);
  }

  private onFailure(functionName: string, destination: string): void {
    new LambdaFunctionEventInvokeConfig(this, "failures", {
      functionName,
      maximumRetryAttempts: 2,
      maximumEventAgeInSeconds: 60 * 60,
      destinationConfig: { onFailure: { destination } },
    });
  }

  /** Lets one rule call it. */
  allowRule(ruleArn: string): LambdaPermission {
    return new LambdaPermission(this, "rule-permission", {
      statementId: "rule",
      functionName: this.arn,
      action: "lambda:InvokeFunction",
      principal: "events.amazonaws.com",
      sourceArn: ruleArn,
    });
  }

  /** Lets one route of an HTTP API call it. @param statementId of its own each */
  allowApi(statementId: string, routeArn: string): void {
    new LambdaPermission(this, statementId, {
      statementId,
      functionName: this.arn,
      action: "lambda:InvokeFunction",
      principal: "apigateway.amazonaws.com",
      sourceArn: routeArn,
    });
  }
}

/** What managing functions takes, by ARN, and letting rules call them and nobody else. */
export const functionManagement = (resources: readonly string[]): Management => ({
  service: "lambda",
  actions: [
    "CreateFunction",
    "UpdateFunctionCode",
    "UpdateFunctionConfiguration",
    "DeleteFunction",
    "GetFunction",
    "GetFunctionConfiguration",
    "GetFunctionCodeSigningConfig",
    "ListVersionsByFunction",
    "AddPermission",
    "RemovePermission",
    "GetPolicy",
    "TagResource",
    "UntagResource",
    "ListTags",
  ],
  resources,
  never: [
    { action: "AddPermission", when: { StringNotEquals: { "lambda:Principal": "events.amazonaws.com" } } },
  ],
});
