import { allGoesWell, left, run, serving, steps } from "./releasing";

jest.mock("../../../../deploy/plans/apply-estate");
jest.mock("../../../../deploy/plans/plan-estate");

beforeEach(() => {
  allGoesWell();
  serving("mammo-severity-1-4c70dcc0");
});

/** What a release removes before it applies. */
async function removed(): Promise<string[]> {
  await run();
  return steps.slice(0, steps.indexOf("apply")).filter((step) => step.startsWith("delete"));
}

test("what a killed run left is removed before it is made, the model after what names it", async () => {
  left(["model", "configuration"]);
  expect(await removed()).toEqual(["delete configuration", "delete model"]);
  allGoesWell();
  serving("mammo-severity-1-4c70dcc0");
  left(["model"]);
  expect(await removed()).toEqual(["delete model"]);
});

test.each([
  [
    "nothing is left",
    () => {
      left([]);
    },
  ],
  [
    "the state knows it",
    () => {
      left(["model", "configuration"], { knows: true });
    },
  ],
  [
    "somebody may still be at work",
    () => {
      left(["model", "configuration"], { locked: true });
    },
  ],
  [
    "it serves",
    () => {
      left(["model", "configuration"]);
      serving("mammo-severity-2-4c70dcc0");
    },
  ],
])("nothing is removed where %s", async (_, given) => {
  given();
  expect(await removed()).toEqual([]);
});
