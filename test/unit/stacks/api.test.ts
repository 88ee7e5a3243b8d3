import { isDeepStrictEqual } from "node:util";
import { iris } from "../../../pipelines/iris/model";
import { mammoSeverity } from "../../../pipelines/mammo-severity/model";
import { changedEstate, type EstateChange } from "../../support/changed-estate";
import { billOfMaterials, only, resources, statementsOf } from "../../support/synth";
import { changedStacks, stackOf } from "../../support/synthesised";
import { kindOf, listStacks } from "../../../stacks/list";

const models = [iris, mammoSeverity];
const asking = (settings: object): EstateChange => ({
  files: { "prod.json": { models: { iris: settings } } },
  models,
});
const of = (settings: object) => {
  const stacks = changedStacks(asking(settings));
  return { api: stackOf(stacks, "prod-iris-api"), foundation: stackOf(stacks, "prod-foundation") };
};
const signed = of({ workflow: {}, api: {} });
const byTokens = of({
  workflow: {},
  api: {
    jwt: { issuer: "https://login.example.com/", audience: ["flowers"], scopes: ["flowers/score"] },
    requestsPerSecond: 7,
    burst: 3,
    contentTypes: ["text/csv", "application/json"],
  },
});

const roleStatements = ({ foundation }: typeof signed) =>
  resources(foundation, "aws_iam_role_policy")
    .filter(({ role }) => String(role).includes("inference"))
    .flatMap(({ policy }) => statementsOf(policy));

test("an API's stack holds exactly what it should, and no role and no key", () => {
  expect(billOfMaterials(signed.api)).toEqual({
    aws_apigatewayv2_api: 1,
    aws_apigatewayv2_integration: 1,
    aws_apigatewayv2_route: 1,
    aws_apigatewayv2_stage: 1,
    aws_cloudwatch_log_group: 1,
    aws_lambda_function: 1,
    aws_lambda_permission: 1,
    aws_ssm_parameter: 1,
    terraform_data: 1,
  });
});

test("defect: nobody asks unsigned", () => {
  expect(only(signed.api, "aws_apigatewayv2_route")).toMatchObject({
    route_key: "POST /invocations",
    authorization_type: "AWS_IAM",
  });
});

test("callers have tokens of an issuer, for an audience and with a scope, where they are asked for", () => {
  expect(only(byTokens.api, "aws_apigatewayv2_authorizer")).toMatchObject({
    authorizer_type: "JWT",
    identity_sources: ["$request.header.Authorization"],
    jwt_configuration: { issuer: "https://login.example.com/", audience: ["flowers"] },
    lifecycle: { create_before_destroy: true },
  });
  expect(only(byTokens.api, "aws_apigatewayv2_route")).toMatchObject({
    authorization_type: "JWT",
    authorizer_id: expect.stringContaining("aws_apigatewayv2_authorizer") as string,
    authorization_scopes: ["flowers/score"],
  });
});

test("defect: the endpoint is one that the file names, and the function may ask no other", () => {
  expect(only(signed.api, "aws_lambda_function")).toMatchObject({
    function_name: "iris-inference",
    timeout: 29,
    environment: { variables: { ENDPOINT: "iris-workflow", CONTENT_TYPES: "text/csv" } },
  });
  expect(roleStatements(signed).toSorted((one, other) => one.Action.length - other.Action.length)).toEqual([
    {
      Sid: "Invoke",
      Effect: "Allow",
      Action: ["sagemaker:InvokeEndpoint"],
      Resource: ["arn:aws:sagemaker:us-east-1:222222222222:endpoint/iris-workflow"],
    },
    expect.objectContaining({ Sid: "Logs" }),
  ]);
});

test.each([
  [{ endpoint: {}, api: {} }, "endpoint/iris"],
  [{ endpoint: { serverless: {} }, api: {} }, "endpoint/iris"],
  [{ endpoint: {}, workflow: {}, api: { serves: "endpoint" } }, "endpoint/iris"],
  [{ endpoint: {}, workflow: {}, api: { serves: "workflow" } }, "endpoint/iris-workflow"],
])("%j asks %s", (settings, endpoint) => {
  const invoke = roleStatements(of(settings)).find(({ Sid }) => Sid === "Invoke");
  expect(invoke?.Resource).toEqual([`arn:aws:sagemaker:us-east-1:222222222222:${endpoint}`]);
});

test("defect: requests are throttled, and logged without paths, queries, headers and bodies", () => {
  const stageOf = ({ api }: typeof signed) => only(api, "aws_apigatewayv2_stage");
  expect(stageOf(signed).default_route_settings).toEqual({
    throttling_rate_limit: 50,
    throttling_burst_limit: 100,
  });
  expect(stageOf(byTokens).default_route_settings).toEqual({
    throttling_rate_limit: 7,
    throttling_burst_limit: 3,
  });
  for (const stage of [signed, byTokens].map(stageOf)) {
    const { format } = stage.access_log_settings as { readonly format: string };
    expect(format).not.toMatch(/path|query|header|referer|body/i);
    expect(format).toMatch(/identity\.caller.*status/);
  }
});

test("its address stands in a parameter", () => {
  expect(only(signed.api, "aws_ssm_parameter")).toMatchObject({
    name: "/mlops/apis/iris",
    insecure_value: expect.stringMatching(/\.api_endpoint\}\/invocations$/) as string,
  });
});

test("an API adds a role to its account's foundation and changes no other stack", () => {
  const before = changedStacks(asking({ workflow: {} }));
  const after = changedStacks(asking({ workflow: {}, api: {} }));
  const changed = Object.keys(after).filter((id) => !isDeepStrictEqual(before[id], after[id]));
  expect(changed).toEqual(["prod-foundation", "prod-iris-api"]);
  const added = (type: string) =>
    resources(stackOf(after, "prod-foundation"), type).length -
    resources(stackOf(before, "prod-foundation"), type).length;
  expect([added("aws_iam_role"), added("aws_iam_role_policy")]).toEqual([1, 2]);
});

test("people read what it is for, and the foundation is applied first", () => {
  const { estate, models } = changedEstate(asking({ workflow: {}, api: {} }));
  const [stack] = listStacks(estate, models).filter(({ id }) => id === "prod-iris-api");
  if (!stack) throw new Error("there is no such stack");
  const kind = kindOf(stack);
  expect(kind.appliedBy(stack)).toBe("administrator");
  expect(kind.contents(estate, stack)).toEqual([
    "API iris-inference",
    "asks endpoint iris-workflow",
    "for who signs with credentials of the account",
  ]);
  expect(kind.needs(estate, stack)).toMatchObject([
    { role: "arn:aws:iam::222222222222:role/lambda-sagemaker-role-iris-inference", inlinePolicy: "invoke" },
    { inlinePolicy: "function-logs" },
  ]);
});
