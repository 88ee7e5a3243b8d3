import { declaredModel } from "../../pipelines/declared";
import { mammoSeverity } from "../../pipelines/mammo-severity/model";
import { buildPipelines } from "../../pipelines/model";
import { devContext } from "../support/mammo-severity";
import { rendered, stepsByName } from "../support/model";
import { shippedInPython } from "../support/shipped-in-python";

const network = { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] };

describe.each([
  ["in SageMaker's own networks", devContext],
  ["in a network of the account's", { ...devContext, network }],
])("one model in TypeScript and in Python, %s,", (_, context) => {
  const [ours, theirs] = [
    mammoSeverity,
    declaredModel(shippedInPython("mammo-severity"), "mammo-severity"),
  ].map((model) => buildPipelines(model, context));

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
