import { ConfigurationError } from "./config/problems";
import { readEstate } from "./stacks/known";
import { NameClashError } from "./stacks/name-claims";
import { synthesise } from "./stacks/synthesise";
import { environmentsDirectory } from "./tools/paths";
import { variable } from "./tools/variable";

function main(): void {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a model whose code fails to load is told below
  const { models } = require("./pipelines") as typeof import("./pipelines");
  const estate = readEstate(environmentsDirectory(), models);
  synthesise({ estate, models, assumeRole: variable("MLOPS_ROLE") });
}

/** What the user's own files are wrong in has its place in the message; a stack trace would hide it. */
const ofUsers = (error: unknown): error is Error =>
  error instanceof ConfigurationError ||
  error instanceof NameClashError ||
  (error instanceof Error && error.name === "ModelError");

try {
  main();
} catch (error) {
  if (!ofUsers(error)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
