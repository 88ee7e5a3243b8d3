import { writeEnvironments } from "../../../bench/estates/environment-files";
import { generatedModels, modelNames } from "../../../bench/estates/models";
import { readEstate } from "../../../stacks/known";
import { listStacks } from "../../../stacks/list";
import { temporaryFolder } from "../../support/temporary-folder";

let folder: string;

beforeEach(() => (folder = temporaryFolder()));

test.each([
  { workloads: 10, stacks: 124 },
  { workloads: 100, stacks: 1240 },
])(
  "$workloads generated environments of ten models are valid, and $stacks stacks",
  ({ workloads, stacks }) => {
    const models = generatedModels(10);
    writeEnvironments(folder, { workloads, models: modelNames(10) });
    const estate = readEstate(folder, models);
    expect(listStacks(estate, models)).toHaveLength(stacks);
  },
);

test("generated models have names, scripts and pipelines of their own", () => {
  const models = generatedModels(3);
  for (const value of ["name", "modelPackageGroup", "alertTopic"] as const)
    expect(new Set(models.map((model) => model[value])).size).toBe(3);
  for (const { key } of models[2]?.scripts ?? []) expect(key).toMatch(/^model-003\/scripts\/[0-9a-f]{12}\//);
});
