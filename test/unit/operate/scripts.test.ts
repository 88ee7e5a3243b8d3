import { DeleteObjectsCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import {
  DescribePipelineCommand,
  DescribePipelineDefinitionForExecutionCommand,
  ListPipelineExecutionsCommand,
  SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { mockClient } from "aws-sdk-client-mock";
import { collectScripts } from "../../../operate/scripts";

const objects = mockClient(S3Client);
const pipelines = mockClient(SageMakerClient);
const clients = { s3: new S3Client({}), sagemaker: new SageMakerClient({}) };
const folder = { bucket: "data", prefix: "m/scripts/", pipelines: ["train"] };
const naming = (key: string) => JSON.stringify({ S3Uri: `s3://data/${key}` });

beforeEach(() => {
  objects.reset();
  pipelines.reset();
  const Contents = ["deployed", "running", "stopping", "ended", "unnamed"].map((of) => ({
    Key: `m/scripts/${of}/a.py`,
  }));
  objects.on(ListObjectsV2Command, { Bucket: "data", Prefix: "m/scripts/" }).resolves({ Contents });
  objects.on(DeleteObjectsCommand).resolves({});
  pipelines.on(DescribePipelineCommand).resolves({ PipelineDefinition: naming("m/scripts/deployed/a.py") });
  const statuses = { running: "Executing", stopping: "Stopping", ended: "Failed" } as const;
  pipelines.on(ListPipelineExecutionsCommand).resolves({
    PipelineExecutionSummaries: Object.entries(statuses).map(([id, PipelineExecutionStatus]) => ({
      PipelineExecutionArn: id,
      PipelineExecutionStatus,
    })),
  });
  for (const id of Object.keys(statuses))
    pipelines
      .on(DescribePipelineDefinitionForExecutionCommand, { PipelineExecutionArn: id })
      .resolves({ PipelineDefinition: naming(`m/scripts/${id}/a.py`) });
});

test("what neither a deployed pipeline nor an execution under way names is deleted, and nothing else", async () => {
  const gone = ["m/scripts/ended/a.py", "m/scripts/unnamed/a.py"];
  expect(await collectScripts(clients, folder)).toEqual(gone);
  expect(objects.commandCalls(DeleteObjectsCommand).map(({ args }) => args[0].input.Delete?.Objects)).toEqual(
    [gone.map((Key) => ({ Key }))],
  );
});

test("nothing is deleted where it cannot be asked what is wanted", async () => {
  pipelines.on(ListPipelineExecutionsCommand).rejects(new Error("denied"));
  await expect(collectScripts(clients, folder)).rejects.toThrow("denied");
  expect(objects.commandCalls(DeleteObjectsCommand)).toEqual([]);
});

test("that S3 refuses to delete one is said", async () => {
  objects
    .on(DeleteObjectsCommand)
    .resolves({ Errors: [{ Key: "m/scripts/ended/a.py", Message: "Access Denied" }] });
  await expect(collectScripts(clients, folder)).rejects.toThrow(
    "S3 does not delete m/scripts/ended/a.py: Access Denied",
  );
});

test("what lies in a folder that a definition names stays", async () => {
  const Contents = [{ Key: "m/scripts/packed/code/a.py" }, { Key: "m/scripts/pack/a.py" }];
  objects.on(ListObjectsV2Command).resolves({ Contents });
  pipelines.on(DescribePipelineCommand).resolves({ PipelineDefinition: naming("m/scripts/packed/code") });
  expect(await collectScripts(clients, folder)).toEqual(["m/scripts/pack/a.py"]);
});
