import {
  EventBridgeClient,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
} from "@aws-sdk/client-eventbridge";
import { ListPipelineExecutionsCommand, SageMakerClient } from "@aws-sdk/client-sagemaker";
import { mockClient } from "aws-sdk-client-mock";
import { jsonOf, mlops, mockSts } from "./support";

const arn = "arn:aws:events:us-east-1:222222222222:rule/nightly";
const pipeline = "arn:aws:sagemaker:us-east-1:222222222222:pipeline/inference";
const topic = "arn:aws:sns:us-east-1:222222222222:told";
const nightly = {
  Name: "nightly",
  Arn: arn,
  ScheduleExpression: "cron(0 23 * * ? *)",
  State: "ENABLED" as const,
};

const events = mockClient(EventBridgeClient);
const sagemaker = mockClient(SageMakerClient);
const before = process.env.AWS_ENDPOINT_URL;

const executions = (...ids: string[]) => ({
  PipelineExecutionSummaries: ids.map((id) => ({ PipelineExecutionArn: `${pipeline}/execution/${id}` })),
});

beforeEach(() => {
  process.env.AWS_ENDPOINT_URL = "http://127.0.0.1:1";
  mockSts();
  events.reset();
  sagemaker.reset();
  events
    .on(ListRulesCommand)
    .resolves({ Rules: [nightly, { Name: "on-failure", Arn: "arn:on-failure", EventPattern: "{}" }] });
  events.on(ListTargetsByRuleCommand).resolves({
    Targets: [
      { Id: "1", Arn: pipeline },
      { Id: "2", Arn: topic },
    ],
  });
  events.on(PutEventsCommand).resolves({ Entries: [{ EventId: "1" }] });
  sagemaker
    .on(ListPipelineExecutionsCommand)
    .resolvesOnce(executions("old"))
    .resolves(executions("new", "old"));
});
afterEach(() => {
  if (before === undefined) delete process.env.AWS_ENDPOINT_URL;
  else process.env.AWS_ENDPOINT_URL = before;
});

const put = () => events.commandCalls(PutEventsCommand).map(({ args: [{ input }] }) => input.Entries?.[0]);

test("puts the event that the schedule sends, and tells what each target started", async () => {
  expect(await mlops("local fire nightly --env prod")).toEqual({
    code: 0,
    out: `Fired nightly in prod\n  ${pipeline}: started\n    ${pipeline}/execution/new\n  ${topic}: got the event\n`,
    err: "",
  });
  expect(put()).toEqual([
    { Source: "aws.events", DetailType: "Scheduled Event", Detail: "{}", Resources: [arn] },
  ]);
});

test("takes the rule's ARN, and has what came of it as JSON", async () => {
  expect(jsonOf(await mlops(`local fire ${arn} --env prod --json`))).toEqual({
    rule: arn,
    environment: "prod",
    targets: [
      { target: pipeline, pipeline: true, executions: [`${pipeline}/execution/new`] },
      { target: topic, pipeline: false, executions: [] },
    ],
  });
});

test("a pipeline that did not start is a failure", async () => {
  sagemaker.reset();
  sagemaker.on(ListPipelineExecutionsCommand).resolves(executions("old"));
  const { code, out } = await mlops("local fire nightly --env prod");
  expect(code).toBe(1);
  expect(out).toContain(`${pipeline}: nothing started`);
});

test("an event that EventBridge does not take is a failure", async () => {
  events.on(PutEventsCommand).resolves({ Entries: [{ ErrorCode: "InternalFailure", ErrorMessage: "no" }] });
  const { code, err } = await mlops("local fire nightly --env prod");
  expect({ code, err }).toEqual({
    code: 1,
    err: "EventBridge did not take the event: InternalFailure: no\n",
  });
});

describe("is refused before anything is put", () => {
  test.each([
    [
      "a rule of more than one account, unless it is said which",
      "nightly",
      2,
      "Rule nightly is in dev, prod: say which with --env",
    ],
    [
      "a rule that is not there",
      "nightl --env prod",
      2,
      'There is no schedule rule "nightl" (did you mean "nightly"?)',
    ],
    [
      "a rule without a schedule",
      "on-failure --env prod",
      2,
      'There is no schedule rule "on-failure"; there is: nightly',
    ],
  ])("%s", async (_, args, code, complaint) => {
    expect(await mlops(`local fire ${args}`)).toEqual({ code, out: "", err: `${complaint}\n` });
    expect(put()).toEqual([]);
  });

  test("a rule that is disabled", async () => {
    events.on(ListRulesCommand).resolves({ Rules: [{ ...nightly, State: "DISABLED" }] });
    const { code, err } = await mlops("local fire nightly --env prod");
    expect({ code, err }).toEqual({
      code: 1,
      err: "Rule nightly in prod is disabled: EventBridge does not fire it\n",
    });
    expect(put()).toEqual([]);
  });
});

test("rules are looked for on every page", async () => {
  events
    .on(ListRulesCommand)
    .resolvesOnce({ Rules: [], NextToken: "2" })
    .resolves({ Rules: [nightly] });
  expect((await mlops("local fire nightly --env prod")).code).toBe(0);
});
