import { readFileSync } from "node:fs";
import { ensureTerraform } from "../../../../tools/toolchain";
import { platform } from "../../../../tools/toolchain/platform";

test("this machine's platform is named as Terraform names it", () => {
  expect(platform).toMatch(/^(linux|darwin)_(amd64|arm64)$/);
});

test("Terraform comes at the pinned version with settings of our own, whatever the user's are", async () => {
  const { terraform, environment } = await ensureTerraform(() => undefined);
  expect(terraform).toMatch(/terraform$/);
  expect(environment).toMatchObject({
    CHECKPOINT_DISABLE: "1",
    TF_PLUGIN_CACHE_DIR: "",
    TF_DATA_DIR: "",
    TF_WORKSPACE: "",
  });
  expect(readFileSync(environment.TF_CLI_CONFIG_FILE ?? "", "utf8")).toContain("filesystem_mirror");
});
