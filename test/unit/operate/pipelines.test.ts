import { DescribePipelineCommand, ListPipelinesCommand, SageMakerClient } from "@aws-sdk/client-sagemaker";
import { mockClient } from "aws-sdk-client-mock";
import { listPipelines, pipelineDefinition } from "../../../operate/pipelines";

const mock = mockClient(SageMakerClient);
const sagemaker = new SageMakerClient({});

beforeEach(() => {
  mock.reset();
});

test("pipelines come by name, from all pages", async () => {
  mock
    .on(ListPipelinesCommand)
    .resolvesOnce({ PipelineSummaries: [{ PipelineName: "a" }], NextToken: "2" })
    .resolves({ PipelineSummaries: [{ PipelineName: "b" }] });
  expect((await listPipelines(sagemaker)).map(({ PipelineName }) => PipelineName)).toEqual(["a", "b"]);
  expect(mock.call(0).args[0].input).toMatchObject({ SortBy: "Name", SortOrder: "Ascending" });
});

test("the definition is that which is deployed", async () => {
  mock.on(DescribePipelineCommand, { PipelineName: "a" }).resolves({ PipelineDefinition: '{"Steps":[]}' });
  expect(await pipelineDefinition(sagemaker, "a")).toBe('{"Steps":[]}');
});
