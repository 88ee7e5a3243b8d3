import { join } from "node:path";
import { App } from "cdktf";
import { loadEstate } from "./config/load";
import { packageHandler } from "./modules/lambda/bundle";
import { models } from "./pipelines";
import { planStacks } from "./stacks/plan";

const environments = process.env.MLOPS_ENVIRONMENTS ?? join(__dirname, "environments");
const estate = loadEstate(environments, { models: models.map(({ name }) => name) });

const app = new App();
planStacks(app, {
  estate,
  models,
  functionPackage: packageHandler(
    join(__dirname, "lambdas/latest-approved-model/index.ts"),
    join(__dirname, ".cache/functions"),
  ),
  assumeRole: process.env.MLOPS_ROLE,
});
app.synth();
