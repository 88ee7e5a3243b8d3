import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { savePlan, showPlan } from "../../deploy/terraform/saved-plans";
import { apply, init, type TerraformOptions } from "../../deploy/terraform/terraform";
import type { PlanJson } from "../../deploy/terraform/plan-json";
import { temporaryFolder } from "./temporary-folder";
import { tools } from "./tools";

/** What a configuration holds, as Terraform's JSON syntax has it. */
export type Configuration = Readonly<Record<string, unknown>>;

/** A folder in which the real Terraform works with the provider that is built into it, and a local state. */
export class TerraformFolder {
  readonly path = temporaryFolder();
  readonly options: TerraformOptions = { ...tools().terraform, directory: this.path };
  readonly plan = join(this.path, "saved.tfplan");

  write(configuration: Configuration): void {
    writeFileSync(join(this.path, "main.tf.json"), JSON.stringify(configuration));
  }

  async apply(configuration: Configuration): Promise<void> {
    this.write(configuration);
    await init(this.options);
    await apply(this.options);
  }

  /** Plans a configuration on what was applied before. */
  async planFor(configuration: Configuration): Promise<{ pending: boolean; json: PlanJson }> {
    this.write(configuration);
    await init(this.options);
    const pending = await savePlan(this.options, { file: this.plan });
    return { pending, json: await showPlan(this.options, this.plan) };
  }
}

/** Resources of the builtin type that keeps whatever it is given. */
export const kept = (resources: Readonly<Record<string, object>>): Configuration => ({
  resource: { terraform_data: resources },
});
