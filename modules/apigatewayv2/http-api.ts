import { Apigatewayv2Api } from "@cdktf/provider-aws/lib/apigatewayv2-api";
import { Apigatewayv2Authorizer } from "@cdktf/provider-aws/lib/apigatewayv2-authorizer";
import { Apigatewayv2Integration } from "@cdktf/provider-aws/lib/apigatewayv2-integration";
import { Apigatewayv2Route, type Apigatewayv2RouteConfig } from "@cdktf/provider-aws/lib/apigatewayv2-route";
import { Apigatewayv2Stage } from "@cdktf/provider-aws/lib/apigatewayv2-stage";
import { Construct } from "constructs";
import { resourceName } from "../../core/name-limits";
import type { NodeFunction } from "../lambda/node-function";

/** Who may ask: anybody; whoever signs with credentials of the account and is allowed to; or whoever has a token. */
export type Callers = "anybody" | "signed" | Tokens;

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html */
export interface Tokens {
  readonly issuer: string;
  /** For one of which a token is. */
  readonly audience: readonly string[];
  /** One of which a token allows; with none, whatever it allows. */
  readonly scopes: readonly string[];
}

export interface HttpApiProps {
  readonly apiName: string;
  readonly description: string;
  /** ARN of an encrypted log group. */
  readonly logGroupArn: string;
  /** Requests in a second, of all callers together. */
  readonly requestsPerSecond: number;
  /** Requests at once, of all callers together. @default twice as many */
  readonly burst?: number;
  /** @default anybody */
  readonly callers?: Callers;
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

/** Whose token it was, and what was wrong with it. */
const logOfTokens = { subject: "$context.authorizer.claims.sub", refused: "$context.authorizer.error" };

const hasTokens = (callers: Callers): callers is Tokens => typeof callers === "object";

/** An HTTP API of functions at its own address, throttled, with a log of what was asked for. */
export class HttpApi extends Construct {
  /** `https://…`, without a slash at its end. */
  readonly url: string;
  private readonly api: Apigatewayv2Api;
  /** What its routes say of who may ask. */
  private readonly access: Pick<
    Apigatewayv2RouteConfig,
    "authorizationType" | "authorizerId" | "authorizationScopes"
  >;

  constructor(scope: Construct, id: string, props: HttpApiProps) {
    super(scope, id);
    const { callers = "anybody" } = props;
    this.api = new Apigatewayv2Api(this, "api", {
      name: resourceName("api", props.apiName),
      description: props.description,
      protocolType: "HTTP",
    });
    this.url = this.api.apiEndpoint;
    this.access = hasTokens(callers)
      ? this.byTokens(callers)
      : { authorizationType: callers === "signed" ? "AWS_IAM" : "NONE" };
    const format = { ...logFormat, ...(hasTokens(callers) && logOfTokens) };
    new Apigatewayv2Stage(this, "stage", {
      apiId: this.api.id,
      name: "$default",
      autoDeploy: true,
      accessLogSettings: { destinationArn: props.logGroupArn, format: JSON.stringify(format) },
      defaultRouteSettings: {
        throttlingRateLimit: props.requestsPerSecond,
        throttlingBurstLimit: props.burst ?? 2 * props.requestsPerSecond,
      },
    });
  }

  /**
   * An authorizer that goes does so after its routes let go of it: AWS deletes none that a route refers to.
   * https://github.com/hashicorp/terraform-provider-aws/issues/14812
   */
  private byTokens({ issuer, audience, scopes }: Tokens): HttpApi["access"] {
    const authorizer = new Apigatewayv2Authorizer(this, "tokens", {
      apiId: this.api.id,
      name: "tokens",
      authorizerType: "JWT",
      identitySources: ["$request.header.Authorization"],
      jwtConfiguration: { issuer, audience: [...audience] },
      lifecycle: { createBeforeDestroy: true },
    });
    return {
      authorizationType: "JWT",
      authorizerId: authorizer.id,
      ...(scopes.length > 0 && { authorizationScopes: [...scopes] }),
    };
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
        ...this.access,
        target: `integrations/${integration.id}`,
      });
      handler.allowApi(
        `${method.toLowerCase()}-api`,
        `${this.api.executionArn}/$default/${method}${path.replaceAll(/\{\w+\}/g, "*")}`,
      );
    }
  }
}
