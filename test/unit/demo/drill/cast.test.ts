import { models } from "../../../../pipelines";
import { castOf } from "../../../../demo/drill/cast";
import { readEstate } from "../../../support/estate";

const estate = readEstate();

test("production is the account with a schedule and retraining, development the one that promotes to it", () => {
  const cast = castOf(estate, models);
  expect(cast?.production.name).toBe("prod");
  expect(cast?.development.name).toBe("dev");
  expect(cast?.registry.name).toBe("registry");
});

test("an account that nobody promotes to is development too", () => {
  const environments = estate.environments.filter(({ name }) => name !== "dev");
  const cast = castOf({ ...estate, environments }, models);
  expect(cast?.development.name).toBe("prod");
});

test("without retraining there is no drill", () => {
  const environments = estate.environments.map((environment) =>
    environment.kind === "workload"
      ? { ...environment, models: { "mammo-severity": { retrainOnDrift: false } } }
      : environment,
  );
  expect(castOf({ ...estate, environments }, models)).toBeUndefined();
});
