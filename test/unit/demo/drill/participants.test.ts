import { findParticipants, whyNoParticipants } from "../../../../demo/drill/participants";
import { models } from "../../../../pipelines";
import { mammoSeverity } from "../../../../pipelines/mammo-severity/model";
import { readEstate } from "../../../support/estate";
import { threePipelines } from "../../../support/three-pipelines";

const estate = readEstate();

test("production is the account with a schedule and retraining, development the one that promotes to it", () => {
  const participants = findParticipants(estate, models);
  expect(participants?.production.name).toBe("prod");
  expect(participants?.development.name).toBe("dev");
  expect(participants?.registry.name).toBe("registry");
});

test("an account that nobody promotes to is development too", () => {
  const environments = estate.environments.filter(({ name }) => name !== "dev");
  const participants = findParticipants({ ...estate, environments }, models);
  expect(participants?.development.name).toBe("prod");
});

/** The estate with some of the model's settings in some environments replaced. */
const withSettings = (settings: Readonly<Record<string, object>>) => ({
  ...estate,
  environments: estate.environments.map((environment) =>
    environment.kind === "workload"
      ? {
          ...environment,
          models: {
            "mammo-severity": { ...environment.models["mammo-severity"], ...settings[environment.name] },
          },
        }
      : environment,
  ) as typeof estate.environments,
});

test("without retraining there is no drill", () => {
  expect(findParticipants(withSettings({ prod: { retrainOnDrift: false } }), models)).toBeUndefined();
});

test("nor without a schedule", () => {
  expect(findParticipants(withSettings({ prod: { inferenceSchedule: undefined } }), models)).toBeUndefined();
});

test("an account that does not train is not development", () => {
  const participants = findParticipants(withSettings({ dev: { pipelines: ["inference"] } }), models);
  expect(participants?.development.name).toBe("prod");
});

test("a model without a demo takes no part, whatever runs", () => {
  const { demo, ...untried } = mammoSeverity;
  expect(demo).toBeDefined();
  expect(findParticipants(estate, [untried, threePipelines])).toBeUndefined();
  expect(findParticipants(estate, [threePipelines, mammoSeverity])?.model).toBe(mammoSeverity);
});

test("what is missing is described by the settings that the demo needs", () => {
  expect(whyNoParticipants([threePipelines, mammoSeverity])).toBe(
    "No account runs a model with all that its demo needs: mammo-severity (inferenceSchedule, retrainOnDrift)",
  );
  expect(whyNoParticipants([threePipelines])).toBe("No model has a demo");
});
