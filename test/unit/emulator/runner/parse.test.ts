import { parseDefinition, waitsFor } from "../../../../emulator/runner/definition/parse";
import otherSteps from "../../../parity/golden/other-steps.json";
import stepKinds from "../../../parity/golden/step-kinds.json";
import train from "../../../parity/golden/train.json";
import { step, text } from "./definitions";

const waiting = (definition: object): Record<string, readonly string[]> =>
  Object.fromEntries(
    [...parseDefinition(text(definition)).nodes].map(([name, node]) => [name, waitsFor(node)]),
  );

test("a step waits for what it names, what it reads, and the condition it stands under", () => {
  const read = { Get: "Steps.a_1.Outputs['x'].S3Uri" };
  const inner = { Name: "Inner", Type: "Condition", Arguments: { Conditions: [], IfSteps: [step("Deep")] } };
  const outer = {
    Name: "Outer",
    Type: "Condition",
    Arguments: {
      Conditions: [{ Type: "Equals", LeftValue: read, RightValue: 1 }],
      IfSteps: [inner],
      ElseSteps: [step("Else")],
    },
  };
  expect(
    waiting({
      Steps: [
        step("a_1"),
        step("Named", { DependsOn: ["a_1"] }),
        step("Reads", { Arguments: { deep: [{ "Std:Join": { On: "", Values: [read, read] } }] } }),
        step("Beside", { SuppliedBaselineStatistics: read }),
        outer,
      ],
    }),
  ).toEqual({
    a_1: [],
    Named: ["a_1"],
    Reads: ["a_1"],
    Beside: ["a_1"],
    Outer: ["a_1"],
    Inner: ["Outer"],
    Deep: ["Inner"],
    Else: ["Outer"],
  });
});

const policy = { ExceptionType: ["Step.THROTTLING"] };
const mistakes: readonly (readonly [string, string, string])[] = [
  ["no JSON", "{", "The definition is not JSON: "],
  [
    "another version",
    text({ Version: "2021", Steps: [step("A")] }),
    "The definition is not SageMaker's: Version: ",
  ],
  ["no steps", text({ Steps: [] }), "The definition is not SageMaker's: Steps: "],
  [
    "a name with a slash",
    text({ Steps: [step("a/b")] }),
    "Steps.0.Name: a step's name has letters, digits, - and _",
  ],
  [
    "a policy limited twice",
    text({ Steps: [step("A", { RetryPolicies: [{ ...policy, MaxAttempts: 1, ExpireAfterMin: 1 }] })] }),
    "Steps.0.RetryPolicies.0: a retry policy has MaxAttempts or ExpireAfterMin, not both",
  ],
  [
    "a time that is none",
    text({ Steps: [step("A", { CacheConfig: { Enabled: true, ExpireAfter: "soon" } })] }),
    "Steps.0.CacheConfig.ExpireAfter: not an ISO 8601 duration",
  ],
  [
    "a branch that is no list",
    text({ Steps: [{ Name: "A", Type: "Condition", Arguments: { IfSteps: 3 } }] }),
    "IfSteps: ",
  ],
  [
    "an unknown parameter",
    text({ Steps: [step("A", { Arguments: { x: { Get: "Parameters.Size" } } })] }),
    "Step A reads a parameter Size, which is not declared",
  ],
  [
    "an unknown step, read in a branch",
    text({
      Steps: [
        {
          Name: "C",
          Type: "Condition",
          Arguments: { IfSteps: [step("A", { Arguments: { x: { Get: "Steps.B.y" } } })] },
        },
      ],
    }),
    "Step A needs a step B, which is not there",
  ],
  [
    "a name in two branches",
    text({ Steps: [step("A"), { Name: "C", Type: "Condition", Arguments: { ElseSteps: [step("A")] } }] }),
    "Step A is there twice",
  ],
  [
    "a condition that reads its own branch",
    text({
      Steps: [
        {
          Name: "C",
          Type: "Condition",
          Arguments: {
            Conditions: [{ Type: "Equals", LeftValue: { Get: "Steps.A.x" }, RightValue: 1 }],
            IfSteps: [step("A")],
          },
        },
      ],
    }),
    "Steps wait for each other: C → A → C",
  ],
  ["a step that waits for itself", text({ Steps: [step("A", { DependsOn: ["A"] })] }), "A → A"],
];

test.each(mistakes)("a definition with %s is refused with the reason", (_, definition, message) => {
  expect(() => parseDefinition(definition)).toThrow(message);
});

test("all that is wrong is said at once", () => {
  const definition = text({
    Steps: [step("A"), step("A"), step("B", { DependsOn: ["Z"] })],
  });
  expect(() => parseDefinition(definition)).toThrow(
    "Step A is there twice; Step B needs a step Z, which is not there",
  );
});

test.each(Object.entries({ otherSteps, stepKinds, train }))(
  "what AWS's SDK renders is read: %s",
  (_, definition) => {
    const { nodes, parameters } = parseDefinition(JSON.stringify(definition));
    expect(parameters).toEqual(definition.Parameters);
    expect([...nodes.keys()]).toEqual(expect.arrayContaining(definition.Steps.map(({ Name }) => Name)));
  },
);
