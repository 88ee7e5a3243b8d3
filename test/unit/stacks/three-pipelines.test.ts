import { models } from "../../../pipelines";
import { addStacks } from "../../../stacks/app";
import { readEstate } from "../../../stacks/known";
import { estateFolder } from "../../support/environments";
import { stackOf } from "../../support/synthesised";
import { resources, synthesiseStacks } from "../../support/synth";
import { threePipelines } from "../../support/three-pipelines";
import { withFolder } from "../config/support";

const known = [...models, threePipelines];
const workload = (account: string, settings: object) => ({
  kind: "workload",
  account,
  registry: "registry",
  models: { "three-pipelines": settings },
});
const estate = withFolder(
  {
    "dev.json": workload("111111111111", { prepareSchedule: "rate(1 day)", retrainWhenRefused: true }),
    "prod.json": workload("222222222222", { pipelines: ["evaluate"] }),
  },
  (folder) => readEstate(folder, known),
  estateFolder,
);
const stacks = synthesiseStacks((app) => {
  addStacks(app, { estate, models: known });
});
const dev = stackOf(stacks, "dev-three-pipelines");
const prod = stackOf(stacks, "prod-three-pipelines");

type Stack = typeof dev;

const pipelineNames = (stack: Stack) =>
  resources(stack, "aws_sagemaker_pipeline").map(({ pipeline_name: name }) => String(name));
const rules = (stack: Stack) =>
  new Map(resources(stack, "aws_cloudwatch_event_rule").map((rule) => [String(rule.name), rule]));

interface Detail {
  readonly pipelineArn: readonly string[];
  readonly stepName?: readonly string[];
}

/** What a rule's pattern asks of an event, with its pipelines by name. */
function detailOf(stack: Stack, rule: string): Detail {
  const pattern = String(rules(stack).get(rule)?.event_pattern);
  const { detail } = JSON.parse(pattern) as { readonly detail: Detail };
  const byArn = new Map(
    Object.entries(stack.resource.aws_sagemaker_pipeline ?? {}).map(([id, { pipeline_name: name }]) => [
      `\${aws_sagemaker_pipeline.${id}.arn}`,
      String(name),
    ]),
  );
  return { ...detail, pipelineArn: detail.pipelineArn.map((arn) => byArn.get(arn) ?? arn) };
}

const all = ["three-pipelines-evaluate", "three-pipelines-prepare", "three-pipelines-train"];

test("an account runs all pipelines of a model, or those that its file names", () => {
  expect(pipelineNames(dev).toSorted()).toEqual(all);
  expect(pipelineNames(prod)).toEqual(["three-pipelines-evaluate"]);
});

test("triggers are rules of their own names, and only where they are switched on", () => {
  const alerts = ["three-pipelines-execution-failure", "three-pipelines-step-failure"];
  const triggers = ["three-pipelines-nightly", "three-pipelines-retrain-when-refused"];
  expect([...rules(dev).keys()].toSorted()).toEqual([...alerts, ...triggers].toSorted());
  expect([...rules(prod).keys()].toSorted()).toEqual(alerts);
  expect(rules(dev).get("three-pipelines-nightly")?.schedule_expression).toBe("rate(1 day)");
});

test("a step-failure trigger watches the steps of its kind, nested ones too, of its pipeline alone", () => {
  const { pipelineArn, stepName } = detailOf(dev, "three-pipelines-retrain-when-refused");
  expect({ pipelineArn, stepName }).toEqual({
    pipelineArn: ["three-pipelines-evaluate"],
    stepName: ["TooFewRows"],
  });
});

test("failures of every pipeline that runs are alerted", () => {
  const watched = (stack: Stack) => detailOf(stack, "three-pipelines-execution-failure").pipelineArn;
  expect(watched(dev).toSorted()).toEqual(all);
  expect(watched(prod)).toEqual(["three-pipelines-evaluate"]);
});
