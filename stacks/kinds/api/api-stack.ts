import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import type { Construct } from "constructs";
import type { WorkloadEnvironment } from "../../../config/schema";
import { roleArn } from "../../../core/arns";
import { inferenceApiNames, inferenceRoleName, inferenceRoute } from "../../../core/inference-api-names";
import { HttpApi } from "../../../modules/apigatewayv2/http-api";
import { KeyBehindAlias } from "../../../modules/kms/key-behind-alias";
import { NodeFunction } from "../../../modules/lambda/node-function";
import { LogGroup } from "../../../modules/logs/log-group";
import type { ModelDefinition } from "../../../pipelines/model";
import { AccountStack, type AccountStackProps } from "../../account-stack";
import { endpointOfApi } from "../../inference-api";
import { namesOfWorkload } from "../../topology";
import { apiSettingsOf } from "./settings";

export interface ApiStackProps extends AccountStackProps<WorkloadEnvironment> {
  readonly model: ModelDefinition;
}

/** `<env>-<model>-api`: an HTTP API, the function that asks the endpoint for it, and where it is found. */
export class ApiStack extends AccountStack {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: ApiStackProps,
  ) {
    super(scope, id, props);
    const { estate, environment: workload, model } = props;
    const { keyAlias } = namesOfWorkload(estate, workload);
    const names = inferenceApiNames(estate.shared.project, model.name);
    const { requestsPerSecond, burst, jwt = "signed" } = apiSettingsOf(workload, model);
    const key = new KeyBehindAlias(this, "key", { alias: keyAlias });
    const { group } = new LogGroup(this, "log", { logGroupName: names.logGroup, keyArn: key.arn });
    const api = new HttpApi(this, "api", {
      apiName: names.api,
      description: `Asks ${endpointOfApi(estate, workload, model)}`,
      logGroupArn: group.arn,
      ...{ requestsPerSecond, burst, callers: jwt },
    });
    api.answer("invocations", this.asks(names.function), [`${inferenceRoute.method} ${inferenceRoute.path}`]);
    new SsmParameter(this, "address", {
      name: names.parameter,
      description: `Where ${model.name} is asked`,
      type: "String",
      insecureValue: `${api.url}${inferenceRoute.path}`,
    });
  }

  /** @returns what asks the endpoint; API Gateway waits half a minute for it */
  private asks(functionName: string): NodeFunction {
    const { estate, environment: workload, model } = this.props;
    const { lambdaRole, functionLogGroup } = namesOfWorkload(estate, workload);
    return new NodeFunction(this, "asks", {
      functionName,
      description: `Asks ${endpointOfApi(estate, workload, model)} for callers of its API`,
      handler: "inference",
      roleArn: roleArn(workload, inferenceRoleName(lambdaRole, model.name)),
      environment: {
        ENDPOINT: endpointOfApi(estate, workload, model),
        CONTENT_TYPES: apiSettingsOf(workload, model).contentTypes.join(","),
      },
      timeout: 29,
      logGroupName: functionLogGroup,
    });
  }
}
