import { execa } from "execa";
import type { TerraformTool } from "./process";

/** Version of a Terraform binary, such as `1.11.4`. @throws Error where it does not say */
export async function terraformVersion({ terraform, environment }: TerraformTool): Promise<string> {
  const { stdout } = await execa(terraform, ["version", "-json"], {
    env: { ...environment, CHECKPOINT_DISABLE: "1" },
    stdin: "ignore",
    // In a group of its own: Ctrl-C is for this process to answer.
    detached: true,
  });
  return (JSON.parse(stdout) as { terraform_version: string }).terraform_version;
}
