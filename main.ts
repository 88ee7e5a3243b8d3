import { join } from "node:path";
import { loadEstate } from "./config/load";
import { ConfigurationError } from "./config/problems";
import { packageHandler } from "./modules/lambda/bundle";
import { models } from "./pipelines";
import { synthesise } from "./stacks/synthesise";
import { environmentsDirectory } from "./tools/paths";

function main(): void {
  const estate = loadEstate(environmentsDirectory(), { models: models.map(({ name }) => name) });
  const handler = join(__dirname, "lambdas/latest-approved-model/index.ts");
  const functionPackage = packageHandler(handler, join(__dirname, ".cache/functions"));
  synthesise({ estate, models, functionPackage, assumeRole: process.env.MLOPS_ROLE });
}

try {
  main();
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
