import { deployFunction, type FunctionSettings } from "../support/local-functions";
import { account, RunnerSandbox } from "../support/runner-sandbox";
import { shellStep } from "../support/shell-step";

const sandbox = new RunnerSandbox();
beforeAll(async () => {
  await sandbox.start();
  await sandbox.createRole("function-role", "lambda.amazonaws.com");
});
afterAll(() => sandbox.stop());

const outputs = [
  { OutputName: "colour", OutputType: "String" },
  { OutputName: "count", OutputType: "Integer" },
  { OutputName: "share", OutputType: "Float" },
  { OutputName: "good", OutputType: "Boolean" },
];

/** A Lambda step, and a condition that holds only for outputs of the right types. */
async function deploy(name: string, settings: FunctionSettings, OutputParameters: unknown = outputs) {
  const FunctionArn = await deployFunction(sandbox, name, settings);
  const output = (key: string) => ({ Get: `Steps.Ask.OutputParameters['${key}']` });
  const equals = (key: string, value: unknown) => ({
    Type: "Equals",
    LeftValue: output(key),
    RightValue: value,
  });
  const conditions = [
    equals("colour", "red"),
    equals("count", 3),
    equals("share", 0.5),
    equals("good", true),
  ];
  await sandbox.deploy(name, {
    Parameters: [{ Name: "Count", Type: "Integer", DefaultValue: 3 }],
    Steps: [
      {
        Name: "Ask",
        Type: "Lambda",
        Arguments: { count: { Get: "Parameters.Count" } },
        FunctionArn,
        OutputParameters,
      },
      {
        Name: "Typed",
        Type: "Condition",
        Arguments: { Conditions: conditions, IfSteps: [shellStep("Yes", "true")], ElseSteps: [] },
      },
    ],
  });
}

const answer = `({ colour: process.env.COLOUR, count: event.count, share: "0.5", good: true })`;

test("a function runs with its environment and role, and its outputs keep their types", async () => {
  const source = `exports.handler = async (event) => { console.log("as " + process.env.AWS_LAMBDA_FUNCTION_NAME + " in " + require("os").homedir()); return ${answer}; };`;
  await deploy("typed", { source, environment: { COLOUR: "red" } });
  const { status, steps, arn } = await sandbox.run("typed");
  expect(status).toBe("Succeeded");
  expect(Object.keys(steps).toSorted()).toEqual(["Ask", "Typed", "Yes"]);
  expect(steps.Ask?.Metadata?.Lambda).toEqual({
    Arn: `arn:aws:lambda:us-east-1:${account}:function:typed`,
    OutputParameters: [
      { Name: "colour", Value: "red" },
      { Name: "count", Value: "3" },
      { Name: "share", Value: "0.5" },
      { Name: "good", Value: "true" },
    ],
  });
  expect(sandbox.log(arn, "Ask")).toContain("as typed in /tmp\n");
});

test("what the handler left open does not hold its answer", async () => {
  const source = `setInterval(() => {}, 1000); exports.handler = async (event) => ${answer};`;
  await deploy("left-open", { source, environment: { COLOUR: "red" } });
  expect((await sandbox.run("left-open")).status).toBe("Succeeded");
});

const failures: readonly (readonly [string, FunctionSettings, RegExp])[] = [
  [
    "an error of the handler",
    { source: `exports.handler = async () => { throw new TypeError("no approved version"); };` },
    /^ClientError: TypeError: no approved version \(function arn:aws:lambda:.*:an-error-of-the-handler\)$/,
  ],
  [
    "outputs that are not there",
    { source: `exports.handler = async () => ({ colour: "red", count: null });` },
    /^ClientError: Function .* did not return count, share, good$/,
  ],
  [
    "an output of another type",
    { source: `exports.handler = async () => ({ colour: "red", count: 1.5, share: 1, good: "perhaps" });` },
    /^ClientError: Function .* returned count, which is no Integer; good, which is no Boolean$/,
  ],
  [
    "a handler that takes too long",
    { source: `exports.handler = () => new Promise(() => setInterval(() => {}, 1000));`, timeout: 1 },
    /^ClientError: Task timed out after 1 seconds/,
  ],
  [
    "a promise that nothing will ever keep",
    { source: `exports.handler = () => new Promise(() => {});` },
    /^ClientError: Function .* did not return colour, count, share, good$/,
  ],
  [
    "a process that ends itself",
    { source: `exports.handler = () => process.exit(7);` },
    /^ClientError: Runtime exited: exit status 7/,
  ],
  [
    "a handler that is not there",
    { source: `exports.other = () => 1;` },
    /^ClientError: Runtime.HandlerNotFound: index.handler is undefined or not exported/,
  ],
  [
    "a role that Lambda may not assume",
    { source: `exports.handler = () => 1;`, role: "execution-role" },
    /^The trust policy of arn:aws:iam::\d+:role\/execution-role does not let in lambda.amazonaws.com/,
  ],
];

test.each(failures)("a step fails of %s, saying so", async (what, settings, reason) => {
  const name = what.replaceAll(" ", "-");
  await deploy(name, settings);
  const { status, steps } = await sandbox.run(name);
  expect(status).toBe("Failed");
  expect(steps.Ask?.FailureReason).toMatch(reason);
  expect(Object.keys(steps)).toEqual(["Ask"]);
});

test("a handler with a callback answers, and knows what Lambda tells it of the call", async () => {
  const source = `exports.handler = (event, context, callback) => setTimeout(callback, 1, null, {
    function: context.invokedFunctionArn, group: context.logGroupName, left: context.getRemainingTimeInMillis(),
    runtime: process.env.AWS_EXECUTION_ENV });`;
  const FunctionArn = await deployFunction(sandbox, "calls-back", { source, timeout: 60 });
  const OutputParameters = ["function", "group", "left", "runtime"].map((OutputName) => ({
    OutputName,
    OutputType: "String",
  }));
  await sandbox.deploy("calls-back", {
    Steps: [{ Name: "Ask", Type: "Lambda", Arguments: {}, FunctionArn, OutputParameters }],
  });
  const { steps } = await sandbox.run("calls-back");
  const given = steps.Ask?.Metadata?.Lambda?.OutputParameters ?? [];
  const values = new Map(given.map(({ Name, Value }) => [Name, Value]));
  expect(Number(values.get("left"))).toBeGreaterThan(0);
  expect(Number(values.get("left"))).toBeLessThanOrEqual(60_000);
  values.delete("left");
  expect(Object.fromEntries(values)).toEqual({
    function: FunctionArn,
    group: "/aws/lambda/calls-back",
    runtime: "AWS_Lambda_nodejs22.x",
  });
});

test("a function has the AWS SDK without bringing it, and works as its own role", async () => {
  const source = `const { STSClient, GetCallerIdentityCommand } = require("@aws-sdk/client-sts");
    exports.handler = async () => ({ arn: (await new STSClient().send(new GetCallerIdentityCommand({}))).Arn });`;
  const FunctionArn = await deployFunction(sandbox, "with-sdk", { source });
  const OutputParameters = [{ OutputName: "arn", OutputType: "String" }];
  await sandbox.deploy("with-sdk", {
    Steps: [{ Name: "Ask", Type: "Lambda", Arguments: {}, FunctionArn, OutputParameters }],
  });
  const { steps } = await sandbox.run("with-sdk");
  expect(steps.Ask?.Metadata?.Lambda?.OutputParameters?.[0]?.Value).toContain("assumed-role/function-role/");
});
