import { cpSync } from "node:fs";
import { join } from "node:path";
import { declaredModel } from "../../pipelines/declared";
import { mammoSeverity } from "../../pipelines/mammo-severity/model";
import { buildPipelines } from "../../pipelines/model";
import { repository } from "../../tools/paths";
import { devContext } from "../support/mammo-severity";
import { rendered, stepsByName } from "../support/model";
import { temporaryFolder } from "../support/temporary-folder";

/** The same model in Python, with the very scripts of the one in TypeScript. */
function inPython() {
  const folder = join(temporaryFolder(), "mammo-severity");
  cpSync(join(repository, "test/fixtures/models-in-python/mammo-severity"), folder, { recursive: true });
  cpSync(join(repository, "pipelines/mammo-severity/scripts"), join(folder, "scripts"), { recursive: true });
  return declaredModel(folder, "mammo-severity");
}

const network = { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] };

describe.each([
  ["in SageMaker's own networks", devContext],
  ["in a network of the account's", { ...devContext, network }],
])("one model in TypeScript and in Python, %s,", (_, context) => {
  const [ours, theirs] = [mammoSeverity, inPython()].map((model) => buildPipelines(model, context));

  test.each(["train", "inference"])("has equal definitions, equal policies and equal files: %s", (name) => {
    const [typed, python] = [ours?.[name], theirs?.[name]];
    if (!typed || !python) throw new Error(`there is no ${name}`);
    const [a, b] = [rendered(typed), rendered(python)];
    expect(stepsByName(b)).toEqual(stepsByName(a));
    expect({ ...b, Steps: [] }).toEqual({ ...a, Steps: [] });
    expect(python.name).toBe(typed.name);
    expect(python.permissions()).toEqual(typed.permissions());
    expect(python.reportPermissions()).toEqual(typed.reportPermissions());
    expect(python.registeredImages()).toEqual(typed.registeredImages());
  });

  test("its scripts are the same objects", () => {
    const keys = Object.values(theirs ?? {}).flatMap(({ scripts }) => scripts.map(({ key }) => key));
    expect(new Set(keys)).toEqual(new Set(mammoSeverity.scripts.map(({ key }) => key)));
  });
});
