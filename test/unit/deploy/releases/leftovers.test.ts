import { allGoesWell, left, making, recordedAre, run, serving, steps } from "./releasing";

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

const [one, two] = ["mammo-severity-1-4c70dcc0", "mammo-severity-2-4c70dcc0"];

test.each([one, two])(
  "an endpoint that the first release made goes, too, once AWS is done with it: %s",
  async (made) => {
    recordedAre([]);
    left(["model", "configuration"]);
    making(made);
    expect(await removed()).toEqual(["delete endpoint", "delete configuration", "delete model"]);
  },
);

test.each([
  [
    "something is on record",
    () => {
      making(one);
    },
  ],
  [
    "somebody else has made it",
    () => {
      recordedAre([]);
      making("theirs");
    },
  ],
  [
    "the state knows it",
    () => {
      recordedAre([]);
      making(one);
      left([], { knows: true });
    },
  ],
  [
    "somebody may still be at work",
    () => {
      recordedAre([]);
      making(one);
      left([], { locked: true });
    },
  ],
])("an endpoint stays where %s", async (_, given) => {
  given();
  await run();
  expect(steps).not.toContain("delete endpoint");
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
