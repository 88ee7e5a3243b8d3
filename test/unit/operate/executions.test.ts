import {
  DescribePipelineDefinitionForExecutionCommand,
  DescribePipelineExecutionCommand,
  ListPipelineExecutionsCommand,
  ListPipelineExecutionStepsCommand,
  ListPipelineParametersForExecutionCommand,
  SageMakerClient,
  StartPipelineExecutionCommand,
  StopPipelineExecutionCommand,
  type PipelineExecutionStatus,
} from "@aws-sdk/client-sagemaker";
import { mockClient } from "aws-sdk-client-mock";
import {
  executionDefinition,
  executionParameters,
  listExecutions,
  listSteps,
  startExecution,
  stopExecution,
  waitForExecution,
  type Look,
} from "../../../operate/executions";

const arn = "arn:aws:sagemaker:us-east-1:111111111111:pipeline/train/execution/abc";
const mock = mockClient(SageMakerClient);
const sagemaker = new SageMakerClient({});

beforeEach(() => {
  mock.reset();
});

describe("starting", () => {
  test("passes on the parameters and the display name, and gives the ARN", async () => {
    mock.on(StartPipelineExecutionCommand).resolves({ PipelineExecutionArn: arn });
    const start = { pipeline: "train", parameters: { Threshold: "0.8", Data: "s3://a/b=c" }, name: "try-1" };
    expect(await startExecution(sagemaker, start)).toBe(arn);
    expect(mock.call(0).args[0].input).toEqual({
      PipelineName: "train",
      PipelineExecutionDisplayName: "try-1",
      PipelineParameters: [
        { Name: "Threshold", Value: "0.8" },
        { Name: "Data", Value: "s3://a/b=c" },
      ],
    });
  });

  test("an answer without an ARN is an error that names the pipeline", async () => {
    mock.on(StartPipelineExecutionCommand).resolves({});
    await expect(startExecution(sagemaker, { pipeline: "train" })).rejects.toThrow(/ARN.*train/);
  });
});

test("stopping asks for the execution's stop", async () => {
  mock.on(StopPipelineExecutionCommand).resolves({});
  await stopExecution(sagemaker, arn);
  expect(mock.call(0).args[0].input).toEqual({ PipelineExecutionArn: arn });
});

describe("listing executions", () => {
  const page = (...ids: string[]) => ({
    PipelineExecutionSummaries: ids.map((id) => ({ PipelineExecutionArn: id })),
  });

  test("goes through all pages, newest first", async () => {
    mock
      .on(ListPipelineExecutionsCommand)
      .resolvesOnce({ ...page("d"), NextToken: "2" })
      .resolvesOnce({ ...page(), NextToken: "3" })
      .resolves(page("c", "b"));
    const listed = await listExecutions(sagemaker, "train");
    expect(listed.map(({ PipelineExecutionArn }) => PipelineExecutionArn)).toEqual(["d", "c", "b"]);
    expect(mock.call(0).args[0].input).toMatchObject({ PipelineName: "train", SortOrder: "Descending" });
    expect(mock.call(2).args[0].input).toMatchObject({ NextToken: "3" });
  });

  test("asks for no page beyond the limit", async () => {
    mock.on(ListPipelineExecutionsCommand).resolves({ ...page("d", "c"), NextToken: "more" });
    expect(await listExecutions(sagemaker, "train", 3)).toHaveLength(3);
    expect(mock.calls()).toHaveLength(2);
    expect(mock.call(0).args[0].input).toMatchObject({ MaxResults: 3 });
  });
});

test("steps come oldest first, from all pages", async () => {
  mock
    .on(ListPipelineExecutionStepsCommand)
    .resolvesOnce({ PipelineExecutionSteps: [{ StepName: "First" }], NextToken: "2" })
    .resolves({ PipelineExecutionSteps: [{ StepName: "Second" }] });
  const steps = await listSteps(sagemaker, arn);
  expect(steps.map(({ StepName }) => StepName)).toEqual(["First", "Second"]);
  expect(mock.call(0).args[0].input).toMatchObject({ SortOrder: "Ascending" });
});

test("parameters come by name, from all pages", async () => {
  mock
    .on(ListPipelineParametersForExecutionCommand)
    .resolvesOnce({ PipelineParameters: [{ Name: "A", Value: "1" }], NextToken: "2" })
    .resolves({ PipelineParameters: [{ Name: "B", Value: "" }] });
  expect(await executionParameters(sagemaker, arn)).toEqual({ A: "1", B: "" });
});

test("an execution's definition is that it was started with", async () => {
  mock.on(DescribePipelineDefinitionForExecutionCommand).resolves({ PipelineDefinition: "{}" });
  expect(await executionDefinition(sagemaker, arn)).toBe("{}");
  expect(mock.call(0).args[0].input).toEqual({ PipelineExecutionArn: arn });
});

describe("waiting", () => {
  const statuses = (...all: readonly PipelineExecutionStatus[]) => {
    let described = mock.on(DescribePipelineExecutionCommand);
    for (const PipelineExecutionStatus of all)
      described = described.resolvesOnce({ PipelineExecutionStatus });
    mock.on(ListPipelineExecutionStepsCommand).resolves({ PipelineExecutionSteps: [{ StepName: "Only" }] });
  };

  test.each(["Succeeded", "Failed", "Stopped"] as const)("ends when the execution is %s", async (last) => {
    statuses("Executing", "Stopping", last);
    const looks: Look[] = [];
    const onLook = (look: Look) => {
      looks.push(look);
    };
    const { execution, steps } = await waitForExecution(sagemaker, arn, { pollMilliseconds: 1, onLook });
    expect(execution.PipelineExecutionStatus).toBe(last);
    expect(steps).toEqual([{ StepName: "Only" }]);
    const seen = looks.map((look) => look.execution.PipelineExecutionStatus);
    expect(seen).toEqual(["Executing", "Stopping", last]);
  });

  test("the steps of the last look are asked for after the execution has ended", async () => {
    statuses("Succeeded");
    await waitForExecution(sagemaker, arn, { pollMilliseconds: 1 });
    const asked = mock.calls().map(({ args: [command] }) => command.constructor.name);
    expect(asked).toEqual(["DescribePipelineExecutionCommand", "ListPipelineExecutionStepsCommand"]);
  });

  test("a signal ends it at once, however long the next look is off", async () => {
    statuses("Executing");
    const interrupt = new AbortController();
    const enough = new Error("enough");
    const onLook = () => {
      interrupt.abort(enough);
    };
    const wait = { pollMilliseconds: 60_000, signal: interrupt.signal, onLook };
    await expect(waitForExecution(sagemaker, arn, wait)).rejects.toBe(enough);
  });
});
