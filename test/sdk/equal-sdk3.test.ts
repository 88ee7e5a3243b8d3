import { declaredModel } from "../../pipelines/declared";
import { mammoSeverity } from "../../pipelines/mammo-severity/model";
import { buildPipelines } from "../../pipelines/model";
import { devContext } from "../support/mammo-severity";
import { rendered, stepsByName, type RenderedStep } from "../support/model";
import { shippedInPython } from "../support/shipped-in-python";

const [ours, theirs] = [
  mammoSeverity,
  declaredModel(shippedInPython("mammo-severity-sdk3"), "mammo-severity"),
].map((model) => buildPipelines(model, devContext));

/** What SDK 3 leaves to SageMaker, which takes what SDK 2 says. */
const defaults: Readonly<Record<string, unknown>> = {
  AppManaged: false,
  S3DataDistributionType: "FullyReplicated",
  S3CompressionType: "None",
};

function withoutDefaults(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDefaults);
  if (typeof value !== "object" || value === null) return value;
  const said = Object.entries(value).filter(([key, each]) => !(key in defaults) || defaults[key] !== each);
  return Object.fromEntries(said.map(([key, each]) => [key, withoutDefaults(each)]));
}

const namesOf = (steps: unknown) => (steps as RenderedStep[]).map(({ Name }) => Name);

/** What SDK 3 says, and SDK 2 leaves to SageMaker, which takes the same; by the step's kind. */
function unsaid(step: RenderedStep): RenderedStep {
  const { StoppingCondition, InputDataConfig, IfSteps, ElseSteps, ...more } = step.Arguments;
  // Steps of branches are compared as the others are.
  if (step.Type === "Condition")
    return { ...step, Arguments: { ...more, branches: [IfSteps, ElseSteps].map(namesOf) } };
  if (step.Type === "QualityCheck") {
    expect([undefined, { MaxRuntimeInSeconds: 86_400 }]).toContainEqual(StoppingCondition);
    return { ...step, Arguments: more };
  }
  if (step.Type !== "Training") return step;
  // It has no way to turn the profiler off.
  const { ProfilerConfig, ...said } = more;
  expect([undefined, { DisableProfiler: true }]).toContainEqual(ProfilerConfig);
  const channels = (InputDataConfig as Record<string, unknown>[]).map(
    ({ InputMode = "File", ...channel }) => {
      expect(InputMode).toBe("File");
      return channel;
    },
  );
  return { ...step, Arguments: { ...said, StoppingCondition, InputDataConfig: channels } };
}

const told = (steps: Readonly<Record<string, RenderedStep>>) =>
  Object.fromEntries(Object.entries(steps).map(([name, step]) => [name, withoutDefaults(unsaid(step))]));

describe.each(["train", "inference"])("%s with SDK 3", (name) => {
  const [typed, python] = [ours?.[name], theirs?.[name]];
  if (!typed || !python) throw new Error(`there is no ${name}`);
  const [a, b] = [rendered(typed), rendered(python)];

  test("says the same as in TypeScript, but for what is SageMaker's default", () => {
    expect(told(stepsByName(b))).toEqual(told(stepsByName(a)));
    expect({ ...b, Steps: [] }).toEqual({ ...a, Steps: [], MlflowConfig: null });
  });

  test("has equal policies and images, and the same files", () => {
    expect(python.name).toBe(typed.name);
    expect(python.permissions()).toEqual(typed.permissions());
    expect(python.reportPermissions()).toEqual(typed.reportPermissions());
    expect(python.registeredImages()).toEqual(typed.registeredImages());
    const keys = Object.values(theirs ?? {}).flatMap(({ scripts }) => scripts.map(({ key }) => key));
    expect(new Set(keys)).toEqual(new Set(mammoSeverity.scripts.map(({ key }) => key)));
  });
});

test("a training job of SDK 3 cannot turn the profiler off", () => {
  const [a, b] = [ours, theirs].map((built) => {
    if (!built?.train) throw new Error("there is no train");
    return stepsByName(rendered(built.train))["Mammo-Train"]?.Arguments.ProfilerConfig;
  });
  expect([a, b]).toEqual([{ DisableProfiler: true }, undefined]);
});
