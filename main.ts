import { ConfigurationError } from "./config/problems";
import { models } from "./pipelines";
import { readEstate } from "./stacks/known";
import { NameClashError } from "./stacks/name-claims";
import { synthesise } from "./stacks/synthesise";
import { environmentsDirectory } from "./tools/paths";

function main(): void {
  const estate = readEstate(environmentsDirectory(), models);
  synthesise({ estate, models, assumeRole: process.env.MLOPS_ROLE });
}

try {
  main();
} catch (error) {
  if (!(error instanceof ConfigurationError || error instanceof NameClashError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
