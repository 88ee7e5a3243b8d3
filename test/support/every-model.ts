import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { parseDefinition } from "../../emulator/runner/definition/parse";
import type { RenderedPipeline } from "../../pipelines/definition";
import { buildPipelines, type ModelDefinition } from "../../pipelines/model";
import { repository } from "../../tools/paths";
import { devContextOf } from "./model";

/** Actions that AWS lets nobody narrow to a resource: https://docs.aws.amazon.com/service-authorization/latest/reference/ */
const withoutResource = ["cloudwatch:PutMetricData", "ecr:GetAuthorizationToken"];

const statementsWith = (pipeline: RenderedPipeline, action: string) =>
  pipeline.permissions().filter(({ Action }) => Action.includes(action));

/** What holds of any model, whoever wrote it: tests, of which none knows a value of a model's own. */
export function describeModel(model: ModelDefinition): void {
  const { name, scripts, triggers } = model;
  const pipelines = buildPipelines(model, devContextOf(model));

  describe(`the model ${name}`, () => {
    test("is a folder of pipelines/, in which its scripts are", () => {
      const folder = join(repository, "pipelines", name);
      expect(["model.ts", "model.json"].some((file) => existsSync(join(folder, file)))).toBe(true);
      for (const { path } of scripts) {
        expect(existsSync(path)).toBe(true);
        expect(relative(folder, path)).not.toMatch(/^\.\./);
      }
    });

    test("starts pipelines only upon failures of steps that there are", () => {
      for (const trigger of Object.values(triggers))
        if (trigger.on === "step failure")
          expect(pipelines[trigger.of]?.stepNames(trigger.steps)).not.toEqual([]);
    });
  });

  // Jest takes no table without rows: a model may have a workflow alone.
  if (Object.keys(pipelines).length === 0) return;
  describe.each(Object.entries(pipelines))(`of ${name}, the pipeline %s`, (_, pipeline) => {
    test("is a definition of SageMaker's, whose references lead to steps and parameters of its own", () => {
      expect(() => parseDefinition(pipeline.render())).not.toThrow();
    });

    test("is permitted no whole service, and resources by name wherever AWS knows one", () => {
      const statements = pipeline.permissions();
      const actions = statements.flatMap(({ Action }) => Action);
      expect(actions.filter((action) => !/^[a-z0-9-]+:[A-Z]\w+\*?$/.test(action))).toEqual([]);
      const everywhere = statements.filter(({ Resource }) => Resource.includes("*"));
      expect(withoutResource).toEqual(expect.arrayContaining(everywhere.flatMap(({ Action }) => Action)));
    });

    test("hands its execution role to SageMaker, and no other role to anybody", () => {
      for (const { Resource, Condition } of statementsWith(pipeline, "iam:PassRole")) {
        expect(Resource).toEqual(["arn:aws:iam::111111111111:role/sagemaker-execution-role"]);
        expect(Condition).toEqual({ StringEquals: { "iam:PassedToService": "sagemaker.amazonaws.com" } });
      }
    });

    test("has the same permissions when a script changes, so that Jenkins can deploy it alone", () => {
      expect(JSON.stringify(pipeline.permissions())).not.toMatch(/scripts\/[0-9a-f]{12}/);
    });
  });
}
