import type { Tools } from "../../tools/setup/tools";

/** A variable that `npm test`, or what it prepares for a tier, sets. */
export function variable(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} must be set: run these tests with npm test, which sets up the tools`);
  return value;
}

/** The tools that `npm test` has set up. */
export function tools(): Tools {
  return {
    terraform: {
      terraform: variable("MLOPS_TERRAFORM"),
      environment: { TF_CLI_CONFIG_FILE: variable("TF_CLI_CONFIG_FILE"), CHECKPOINT_DISABLE: "1" },
      lockFile: variable("MLOPS_TERRAFORM_LOCK"),
    },
    python: variable("MLOPS_PYTHON"),
  };
}
