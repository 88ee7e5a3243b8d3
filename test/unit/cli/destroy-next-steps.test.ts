import { afterDestruction, commandLettingGo } from "../../../cli/destroy/next-steps";
import { findEnvironment } from "../../../cli/estate/find";
import { models } from "../../../pipelines";
import { readEstate } from "../../../stacks/known";
import { estateFolder } from "../../support/environments";

const testEstate = readEstate(estateFolder, models);
const testEnvironment = (name: string) => findEnvironment(testEstate, name);

test("all flags stand in one line", () => {
  const holdings = [
    { id: "dev-model", losses: [] },
    {
      id: "dev-foundation",
      losses: [
        { address: "aws_s3_bucket.data", action: "destroy" as const, losing: "objects" },
        { address: 'aws_kms_key.key["a b"]', action: "destroy" as const, losing: "keys" },
      ],
    },
  ];
  expect(commandLettingGo("dev", holdings)).toBe(
    "mlops destroy dev --allow-destroy 'dev-foundation/aws_s3_bucket.data' " +
      "--allow-destroy 'dev-foundation/aws_kms_key.key[\"a b\"]'",
  );
});

test("what still names the environment is said by file and key", () => {
  const steps = afterDestruction(testEstate, testEnvironment("prod"), "environments");
  expect(steps[0]).toBe(
    '  take it out of environments: prod.json, "promotesTo" in dev.json; else the next plan of everything makes it again',
  );
  expect(afterDestruction(testEstate, testEnvironment("registry"), "environments")[0]).toContain(
    'registry.json, "registry" in dev.json, "registry" in prod.json;',
  );
});
