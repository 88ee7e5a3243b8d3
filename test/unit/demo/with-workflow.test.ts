import { readFileSync } from "node:fs";
import { join } from "node:path";
import { findWorkflow } from "../../../demo/drill/workflow/participants";
import { withWorkflow } from "../../../demo/with-workflow";
import { iris } from "../../../pipelines/iris/model";
import { mammoSeverity } from "../../../pipelines/mammo-severity/model";
import { listStacks } from "../../../stacks/list";
import { readEstate } from "../../../stacks/known";
import { repository } from "../../../tools/paths";
import { temporaryFolder } from "../../support/temporary-folder";

const environments = join(repository, "test/fixtures/estate");
const models = [iris, mammoSeverity];
const given = { estate: readEstate(environments, models), environments };

test("an estate gets a whole way from a commit to an API where models begin theirs, from files of its own", () => {
  const before = readFileSync(join(environments, "dev.json"), "utf8");
  const folder = temporaryFolder();
  const more = withWorkflow(given, models, folder);
  expect(more.environments).toBe(folder);
  expect(findWorkflow(more.estate, models)).toMatchObject({ model: iris, environment: { name: "dev" } });
  const stacks = (estate: typeof given.estate) => listStacks(estate, models).map(({ id }) => id);
  expect(
    stacks(more.estate)
      .filter((id) => !stacks(given.estate).includes(id))
      .toSorted(),
  ).toEqual(["dev-iris-api", "dev-iris-container", "dev-iris-workflow"]);
  expect(readFileSync(join(environments, "dev.json"), "utf8")).toBe(before);
  expect(withWorkflow(more, models, temporaryFolder())).toEqual(more);
});

test("an estate without all of it takes no part, and without a model for it none can be added", () => {
  expect(findWorkflow(given.estate, models)).toBeUndefined();
  expect(() => withWorkflow(given, [mammoSeverity], temporaryFolder())).toThrow("a model with a workflow");
});
