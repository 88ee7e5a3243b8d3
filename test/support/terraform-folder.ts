import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { applyPlan, init, savePlan, showPlan, type TerraformOptions } from "../../deploy/terraform/terraform";
import type { PlannedChange } from "../../deploy/terraform/messages";
import type { PlanJson } from "../../deploy/terraform/plan-json";
import { parseState, type StateJson } from "../../deploy/terraform/state-json";
import { temporaryFolder } from "./temporary-folder";
import { tools } from "./tools";

/** What a configuration holds, as Terraform's JSON syntax has it. */
export type Configuration = Readonly<Record<string, unknown>>;

export interface SavedPlan {
  readonly pending: boolean;
  /** What Terraform said while it planned. */
  readonly changes: readonly PlannedChange[];
  /** What it saved. */
  readonly json: PlanJson;
}

/** A folder in which the real Terraform works with the provider that is built into it, and a local state. */
export class TerraformFolder {
  readonly path = temporaryFolder();
  readonly options: TerraformOptions = {
    ...tools().terraform,
    lockFile: join(this.path, "builtin-alone.lock.hcl"),
    directory: this.path,
  };
  readonly plan = join(this.path, "saved.tfplan");

  constructor() {
    writeFileSync(this.options.lockFile, "");
  }

  write(configuration: Configuration): void {
    writeFileSync(join(this.path, "main.tf.json"), JSON.stringify(configuration));
  }

  async apply(configuration: Configuration): Promise<void> {
    this.write(configuration);
    await init(this.options);
    const file = join(this.path, "applied.tfplan");
    await savePlan(this.options, { file });
    await applyPlan(this.options, { file, journal: join(this.path, "applied.jsonl") });
  }

  /** The state as Terraform keeps it. */
  state(): StateJson {
    return parseState(readFileSync(join(this.path, "terraform.tfstate"), "utf8"));
  }

  /** Plans a configuration on what was applied before. */
  async planFor(configuration: Configuration): Promise<SavedPlan> {
    this.write(configuration);
    await init(this.options);
    const saved = await savePlan(this.options, { file: this.plan });
    return { ...saved, json: await showPlan(this.options, this.plan) };
  }
}

/** Resources of the builtin type that keeps whatever it is given. */
export const kept = (resources: Readonly<Record<string, object>>): Configuration => ({
  resource: { terraform_data: resources },
});
