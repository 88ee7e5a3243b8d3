import { join } from "node:path";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { SFNClient } from "@aws-sdk/client-sfn";
import type { AccountAccess } from "../../deploy/access/account-access";
import { refusals } from "../../emulator/local-aws";
import { startRunner, type Runner } from "../../emulator/runner";
import { describeEndpoint } from "../../operate/endpoints";
import { startRun } from "../../operate/workflows";
import { iris } from "../../pipelines/iris/model";
import { mammoSeverity } from "../../pipelines/mammo-severity/model";
import { AppliedEstate } from "../support/applied-estate";
import { tools } from "../support/tools";
import { until } from "../support/until";
import { jsonOf } from "../unit/cli/support";
import { ChangedStacks } from "./support/changed-stacks";
import { Application, documentedRefusals } from "./support/inference-api";
import { playAct } from "./support/workflow-act";
import {
  askingOn,
  commandsIn,
  endInTurn,
  Inbox,
  madeByRuns,
  speciesAt,
  uploadFlowers,
} from "./support/workflow-runs";

const api = "dev-iris-api";
const stacks = ["dev-iris-container", "dev-iris-workflow", api];
const account = "111111111111";
const container = { repository: "example/models", startsWorkflow: "pushed" };
const bucket = `mlops-dev-sagemaker-data-${account}`;
const endpoint = "iris-workflow";
const machine = `arn:aws:states:us-east-1:${account}:stateMachine:iris-workflow`;

const over = new AbortController();
let applied: AppliedEstate;
let runner: Runner;
let access: AccountAccess;
let flow: ChangedStacks;
let commands: ReturnType<typeof commandsIn>;
let inbox: Inbox;
let application: Application;
/** Runs of the act: approved, rejected, not answered. */
let played: readonly string[];

/** The estate with a workflow, and an API of these settings, if any. @param name of a folder */
const flowWith = (name: string, settings?: object): ChangedStacks => {
  const models = { "mammo-severity": {}, iris: { container, workflow: {}, ...settings } };
  return new ChangedStacks(applied, name, {
    files: { "dev.json": { models } },
    models: [iris, mammoSeverity],
  });
};

beforeAll(async () => {
  applied = await AppliedEstate.copy({ policies: true });
  access = await applied.access("dev");
  runner = await startRunner({
    environment: applied.localAws.environment,
    python: tools().python,
    logs: join(applied.folder, "logs"),
    scratch: join(applied.folder, "jobs"),
    logFile: join(applied.folder, "runner.log"),
  });
  flow = flowWith("workflow", { api: {} });
  commands = commandsIn(flow.changed.folder);
});
afterAll(async () => {
  over.abort();
  await runner.stop();
  await applied.stop();
});

test("a workflow and its API that are asked for add roles to their account's foundation, and a stack each", async () => {
  const planned = await flow.planned(["registry", "dev-foundation", "prod-foundation"]);
  expect(Object.keys(planned)).toEqual(["create"]);
  expect(planned.create?.filter((one) => !one.startsWith("dev-foundation aws_iam_role"))).toEqual([]);
  expect(await flow.apply(["dev-foundation"])).toEqual({ "dev-foundation": "applied" });
  const jwt = { issuer: "https://login.example.com", audience: ["flowers"] };
  const byTokens = flowWith("tokens", { api: { jwt } });
  expect(Object.keys(await byTokens.planned(stacks))).toEqual(["create"]);
  expect(await byTokens.apply(stacks)).toEqual(Object.fromEntries(stacks.map((id) => [id, "applied"])));
  inbox = await Inbox.of(access, account, ["iris-approvals", "iris-workflow"]);
  application = new Application(await commands.apiUrl(), access);
  expect(await application.ask({ secret: null })).toMatchObject({ status: 401 });
});

test("callers go from tokens to signatures in place, and what knew the tokens goes after the route let go of it", async () => {
  expect(await flow.planned([api])).toEqual({
    change: [`${api} aws_apigatewayv2_route.api_invocations-post`, `${api} aws_apigatewayv2_stage.api_stage`],
    destroy: [`${api} aws_apigatewayv2_authorizer.api_tokens`],
  });
  expect(await flow.apply([api])).toEqual({ [api]: "applied" });
  expect(await flow.planned(stacks)).toEqual({});
});

test("a state that fails ends the run by name, tells, and leaves nothing, not even an endpoint", async () => {
  await uploadFlowers(access, bucket, "setosa\n");
  const run = await commands.start();
  expect(await commands.end(run)).toMatchObject({
    status: "FAILED",
    error: "Workflow.Failed",
    cause: expect.stringContaining("there must be one prediction for each of at least one row") as string,
  });
  expect(await inbox.about(run, /has ended/)).toContain("FAILED, Workflow.Failed.");
  await until("nothing is left of it", async () =>
    (await madeByRuns(access)).length === 0 ? true : undefined,
  );
  expect(await describeEndpoint(new SageMakerClient(access), endpoint)).toBeUndefined();
  expect(await application.ask()).toMatchObject({ status: 503, code: "NotServing", retryAfter: "60" });
  await uploadFlowers(access, bucket);
});

test("the act of the drill: a commit's image trains and is approved on the page behind the link, another is rejected, a third not answered", async () => {
  const { report, results } = await playAct(flow);
  const { runs, graph, served, ...image } = report;
  played = runs.map(({ executionArn }) => executionArn);
  expect(image).toMatchObject({
    commit: expect.stringMatching(/^[\da-f]{40}$/) as string,
    digest: expect.stringMatching(/^sha256:[\da-f]{64}$/) as string,
  });
  expect(runs.map(({ status, end }) => end ?? status)).toEqual([
    "SUCCEEDED",
    "Workflow.Rejected",
    "Workflow.NotAnswered",
  ]);
  expect(runs[0]?.told).toMatch(
    /approved by the link, from 127\.0\.0\.1\. Accuracy on 30 held-out rows: 0\.9/,
  );
  expect(served?.rows).toBe(30);
  const known = graph.states.map(({ name }) => name);
  for (const { states } of runs)
    expect(known).toEqual(expect.arrayContaining(states.map(({ name }) => name)));
  expect(JSON.stringify(results)).not.toContain("/approvals/");
  expect(await speciesAt(access, endpoint)).toEqual(["setosa", "virginica"]);
});

test("the API asks that endpoint for whoever signs, and answers everything else as documented", async () => {
  const { body, ...answered } = await application.ask({ headers: { accept: "application/json" } });
  expect(answered).toEqual({ status: 200 });
  expect(JSON.parse(body)).toMatchObject({ predictions: [{ species: "setosa" }, { species: "virginica" }] });
  for (const [why, asking, ...documented] of documentedRefusals) {
    const { status, code, body } = await application.ask(asking);
    expect([why, status, code]).toEqual([why, ...documented]);
    expect(body).not.toMatch(/arn:|Traceback|amazonaws|111111111111/);
  }
});

test("who decides too late decides nothing; runs that are stopped or broken end by name and tell, and others of the same image serve one after the other", async () => {
  const configuration = async () =>
    (await describeEndpoint(new SageMakerClient(access), endpoint))?.EndpointConfigName;
  const before = await configuration();
  const served = askingOn(() => speciesAt(access, endpoint), 100, over.signal);
  const [, rejected, late] = played;
  expect(jsonOf(await commands.run(`approve ${rejected}`))).toMatchObject({ outcome: "answered" });
  expect(jsonOf(await commands.run(`approve ${late}`))).toMatchObject({ outcome: "expired" });
  const [one, other, broken] = await Promise.all([
    commands.start(),
    commands.start(),
    startRun(new SFNClient(access), machine, { digest: "sha256:0", answerSeconds: "soon" }),
  ]);
  const stopped = await commands.start();
  expect(await commands.run(`stop ${stopped}`)).toMatchObject({ code: 0 });
  expect(await inbox.about(stopped, /has ended/)).toContain("ABORTED, Workflow.Stopped.");
  const approve = async (run: string) => {
    await inbox.about(run, /\/approvals\//);
    return (await commands.run(`approve ${run}`)).code;
  };
  expect(await Promise.all([one, other].map(approve))).toEqual([0, 0]);
  const asked = askingOn(() => application.predict(), 1000, over.signal);
  expect(await commands.end(broken)).toMatchObject({ status: "FAILED", error: "States.Runtime" });
  expect(await inbox.about(broken, /has ended/)).toContain("FAILED, States.Runtime.");
  const after = await endInTurn([one, other], commands, inbox, configuration);
  expect([await served.end(), await asked.end()]).toEqual([[], []]);
  expect(after).not.toBe(before);
  await until("nothing is left that no endpoint uses", async () => {
    const made = await madeByRuns(access);
    return made.length === 2 && made.every((name) => name === after) ? made : undefined;
  });
  expect(await refusals(applied.localAws)).toEqual([]);
});

test("the API goes alone: its log by name, then its role, and the endpoint serves on", async () => {
  const without = flowWith("without-api");
  expect(await without.planned(stacks.filter((id) => id !== api))).toEqual({});
  expect(await without.addRemoved("dev")).toEqual([api]);
  const { destroy = [], ...others } = await without.planned([api]);
  expect(others).toEqual({});
  expect(destroy).toContain(`${api} aws_apigatewayv2_api.api`);
  const refused = await without.apply([api]).catch((error: unknown) => (error as Error).message);
  const [, log = ""] = /would destroy (aws_cloudwatch_log_group\.\S+)/.exec(refused as string) ?? [];
  expect(await without.apply([api], [log])).toEqual({ [api]: "applied" });
  expect(Object.keys(await without.planned(["dev-foundation"]))).toEqual(["destroy"]);
  expect(await without.apply(["dev-foundation"])).toEqual({ "dev-foundation": "applied" });
  expect(await speciesAt(access, endpoint)).toEqual(["setosa", "virginica"]);
});
