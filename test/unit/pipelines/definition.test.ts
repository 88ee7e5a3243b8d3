import fc from "fast-check";
import {
  ConditionStep,
  containerImage,
  executionId,
  FailStep,
  Join,
  LambdaStep,
  Pipeline,
  ProcessingStep,
  s3Uri,
  stringParameter,
  type Step,
} from "../../../pipelines/definition";

const place = {
  region: "us-east-1",
  account: "111111111111",
  executionRoleArn: "arn:aws:iam::111111111111:role/r",
  bucketAccounts: ["111111111111"],
};

const pipeline = (steps: readonly Step[], parameters = [] as never[]) =>
  new Pipeline({ ...place, name: "p", parameters, steps });

const call = (name: string, options: { readonly after?: Step[]; readonly input?: Join } = {}) =>
  new LambdaStep(name, {
    functionArn: `arn:aws:lambda:us-east-1:111111111111:function:${name}`,
    outputs: ["answer"],
    ...(options.after && { dependsOn: options.after }),
    ...(options.input && { inputs: { question: options.input } }),
  });

test("a parameter may have sixteen values", () => {
  const values = Array.from({ length: 17 }, (_, index) => `v${index}`);
  expect(() => stringParameter("P", "v0", values.slice(1))).toThrow("must have one of v1,");
  expect(() => stringParameter("P", "v0", values)).toThrow("parameter P may have 16 values, got: 17");
});

const processing = new ProcessingStep("Prepare", {
  image: containerImage("scikit-learn", "us-east-1"),
  entryPoint: ["python3", "x.py"],
  roleArn: place.executionRoleArn,
  cluster: {
    instanceType: "ml.m5.large",
    instanceCount: 1,
    kmsKeyArn: "arn:aws:kms:us-east-1:111111111111:alias/a",
    volumeKeyArn: "arn:aws:kms:us-east-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab",
  },
  inputs: [{ name: "data", s3Uri: "s3://in/data/", localPath: "/opt/ml/processing/input" }],
  outputs: {
    clean: { localPath: "/opt/ml/processing/clean", s3Uri: s3Uri("s3://out/runs", executionId, "clean") },
  },
  propertyFiles: { Report: { output: "clean", path: "report.json" } },
});

test("an output, a property file or a result the step does not have does not compile", () => {
  const attempts = () => {
    // @ts-expect-error the step has no output of this name
    processing.output("claen");
    // @ts-expect-error the step has no property file of this name
    processing.jsonValue("Raport", "a.b");
    // @ts-expect-error the function gives no result of this name
    call("A").output("anwser");
  };
  expect(attempts).not.toThrow();
  expect(processing.output("clean").toJSON()).toEqual({
    Get: "Steps.Prepare.ProcessingOutputConfig.Outputs['clean'].S3Output.S3Uri",
  });
});

test("two steps of one name are refused, one inside a condition included", () => {
  const nested = new ConditionStep("Gate", {
    conditions: [{ type: "Equals", left: "a", right: "a" }],
    ifSteps: [call("Twice")],
    elseSteps: [],
  });
  expect(() => pipeline([call("Twice"), nested])).toThrow("pipeline p: step Twice stands twice");
});

test("two parameters of one name are refused", () => {
  const parameters = [stringParameter("P", "a"), stringParameter("P", "b")];
  expect(() => new Pipeline({ ...place, name: "p", parameters, steps: [] })).toThrow(
    "pipeline p: parameter P stands twice",
  );
});

test("a reference to a step outside the pipeline is refused by the step's name", () => {
  const input = new Join("", [call("Elsewhere").output("answer")]);
  expect(() => pipeline([call("Asks", { input })])).toThrow(
    "pipeline p: step Asks refers to step Elsewhere, which is not in the pipeline",
  );
});

test("a reference to a parameter outside the pipeline is refused by the step's name", () => {
  const input = new Join("", [stringParameter("Where", "x")]);
  expect(() => pipeline([call("Asks", { input })])).toThrow(
    "pipeline p: step Asks refers to parameter Where, which is not in the pipeline",
  );
});

test("steps that wait for each other are refused with the whole circle", () => {
  const after: Step[] = [];
  const first = call("First", { after });
  after.push(call("Second", { after: [first] }));
  expect(() => pipeline([first, ...after])).toThrow(
    "pipeline p: steps wait for each other: First → Second → First",
  );
});

test("a definition longer than SageMaker takes is refused with its length", () => {
  const long = new FailStep("Long", { errorMessage: "x".repeat(1_048_576) });
  expect(() => pipeline([long])).toThrow(
    /^pipeline p: definition must be at most 1048576 characters, got: 10\d{5}; its longest step is Long$/,
  );
});

test("a step name SageMaker refuses is refused", () => {
  expect(() => call("no spaces")).toThrow(
    'step name must be 1 to 64 letters, digits, dashes and underscores, got: "no spaces"',
  );
});

test("an image AWS does not publish in a region is refused by framework and region", () => {
  expect(() => containerImage("xgboost", "us-moon-1")).toThrow(
    "AWS publishes no xgboost image in region us-moon-1",
  );
});

test("any graph without a circle renders, twice to the same bytes", () => {
  const graph = fc.array(fc.array(fc.nat(20), { maxLength: 4 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(graph, (edges) => {
      const steps: Step[] = [];
      edges.forEach((targets, index) => {
        const after = steps.filter((_, earlier) => targets.includes(earlier));
        steps.push(call(`S${index}`, { after }));
      });
      const shuffled = steps.toReversed();
      expect(pipeline(shuffled).render()).toBe(pipeline(shuffled).render());
    }),
  );
});
