import { readFileSync } from "node:fs";
import { join } from "node:path";
import { findGroundTruth } from "../../../demo/drill/ground-truth/participants";
import { withPython } from "../../../demo/with-python";
import { discoverModels } from "../../../pipelines/discover";
import { mammoSeverity } from "../../../pipelines/mammo-severity/model";
import { listStacks } from "../../../stacks/list";
import { readEstate } from "../../../stacks/known";
import { repository } from "../../../tools/paths";
import { temporaryFolder } from "../../support/temporary-folder";

const environments = join(repository, "test/fixtures/estate");
const models = discoverModels(join(repository, "pipelines"));
const given = { estate: readEstate(environments, models), environments };

test("an estate gets the sample in Python where models begin their way and where it ends, from files of its own", () => {
  const before = readFileSync(join(environments, "prod.json"), "utf8");
  const folder = temporaryFolder();
  const more = withPython(given, models, folder);
  expect(more.environments).toBe(folder);
  expect(findGroundTruth(more.estate, models)).toMatchObject({
    model: { name: "diabetes-progression" },
    development: { name: "dev" },
    production: { name: "prod" },
    registry: { name: "registry" },
  });
  const stacks = (estate: typeof given.estate) => listStacks(estate, models).map(({ id }) => id);
  expect(
    stacks(more.estate)
      .filter((id) => !stacks(given.estate).includes(id))
      .toSorted(),
  ).toEqual(["dev-diabetes-progression", "prod-diabetes-progression"]);
  expect(readFileSync(join(environments, "prod.json"), "utf8")).toBe(before);
  expect(withPython(more, models, temporaryFolder())).toEqual(more);
});

test("an account that nobody promotes to trains, too", () => {
  const { estate } = withPython(given, models, temporaryFolder());
  const alone = estate.environments.filter(({ name }) => name !== "dev");
  expect(findGroundTruth({ ...estate, environments: alone }, models)?.development.name).toBe("prod");
});

test("an estate without its triggers takes no part, and without the sample none can be added", () => {
  expect(findGroundTruth(given.estate, models)).toBeUndefined();
  expect(() => withPython(given, [mammoSeverity], temporaryFolder())).toThrow("diabetes-progression");
});
