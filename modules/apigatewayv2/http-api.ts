import { Apigatewayv2Api } from "@cdktf/provider-aws/lib/apigatewayv2-api";
import { Apigatewayv2Integration } from "@cdktf/provider-aws/lib/apigatewayv2-integration";
import { Apigatewayv2Route } from "@cdktf/provider-aws/lib/apigatewayv2-route";
import { Apigatewayv2Stage } from "@cdktf/provider-aws/lib/apigatewayv2-stage";
import { Construct } from "constructs";
import { partitionOf } from "../../core/partition";
import type { AccountRegion } from "../../core/arns";
import type { Management } from "../../core/management";
import { resourceName } from "../../core/name-limits";
import type { NodeFunction } from "../lambda/node-function";

export interface HttpApiProps {
  readonly apiName: string;
  readonly description: string;
  /** ARN of an encrypted log group. */
  readonly logGroupArn: string;
  /** Requests in a second, of all callers together; twice as many at once. */
  readonly requestsPerSecond: number;
}

/** Neither path nor query: what is secret in an address is in no log. */
const logFormat = {
  requestId: "$context.requestId",
  time: "$context.requestTime",
  ip: "$context.identity.sourceIp",
  caller: "$context.identity.caller",
  routeKey: "$context.routeKey",
  status: "$context.status",
  bytes: "$context.responseLength",
  milliseconds: "$context.responseLatency",
  error: "$context.integrationErrorMessage",
};

/** An HTTP API of functions at its own address, throttled, with a log of what was asked for. */
export class HttpApi extends Construct {
  /** `https://…`, without a slash at its end. */
  readonly url: string;
  private readonly api: Apigatewayv2Api;

  constructor(scope: Construct, id: string, props: HttpApiProps) {
    super(scope, id);
    this.api = new Apigatewayv2Api(this, "api", {
      name: resourceName("api", props.apiName),
      description: props.description,
      protocolType: "HTTP",
    });
    this.url = this.api.apiEndpoint;
    new Apigatewayv2Stage(this, "stage", {
      apiId: this.api.id,
      name: "$default",
      autoDeploy: true,
      accessLogSettings: { destinationArn: props.logGroupArn, format: JSON.stringify(logFormat) },
      defaultRouteSettings: {
        throttlingRateLimit: props.requestsPerSecond,
        throttlingBurstLimit: 2 * props.requestsPerSecond,
      },
    });
  }

  /** Lets a function answer routes. @param id of its own each */
  answer(id: string, handler: NodeFunction, keys: readonly string[]): void {
    const integration = new Apigatewayv2Integration(this, id, {
      apiId: this.api.id,
      integrationType: "AWS_PROXY",
      integrationUri: handler.arn,
      payloadFormatVersion: "2.0",
      timeoutMilliseconds: 30_000,
    });
    for (const routeKey of keys) {
      const [method = "", path = ""] = routeKey.split(" ");
      new Apigatewayv2Route(this, `${id}-${method.toLowerCase()}`, {
        apiId: this.api.id,
        routeKey,
        authorizationType: "NONE",
        target: `integrations/${integration.id}`,
      });
      handler.allowApi(
        `${method.toLowerCase()}-api`,
        `${this.api.executionArn}/$default/${method}${path.replaceAll(/\{\w+\}/g, "*")}`,
      );
    }
  }
}

/** What managing HTTP APIs takes. AWS draws their ids, so it is all of a region's; their logs are delivered in the caller's name. */
export const apiManagement = ({ region }: AccountRegion): Management[] => [
  {
    service: "apigateway",
    apart: { policy: "workflows", sid: "Apis" },
    actions: ["GET", "POST", "PUT", "PATCH", "DELETE"],
    resources: ["apis", "apis/*", "tags/*"].map(
      (path) => `arn:${partitionOf(region).name}:apigateway:${region}::/${path}`,
    ),
  },
];
