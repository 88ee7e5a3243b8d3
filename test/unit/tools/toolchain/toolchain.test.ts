import { readFileSync } from "node:fs";
import { ensureTerraform, socketFolder } from "../../../../tools/toolchain";
import { platform } from "../../../../tools/toolchain/platform";

test("this machine's platform is named as Terraform names it", () => {
  expect(platform).toMatch(/^(linux|darwin)_(amd64|arm64)$/);
});

test("Terraform comes at the pinned version with settings of our own, whatever the user's are", async () => {
  const odd = {
    TF_CLI_ARGS_plan: "-target=x",
    TF_VAR_a: "b",
    TF_REATTACH_PROVIDERS: "{}",
    TF_AWS_S3_ENDPOINT: "http://x",
  };
  const kept = { TF_LOG: "error", TF_TOKEN_example_com: "t" };
  const before = process.env;
  process.env = { ...before, ...odd, ...kept };
  const { terraform, environment } = await ensureTerraform(() => undefined).finally(
    () => (process.env = before),
  );
  for (const name of Object.keys(odd)) expect(environment).toHaveProperty(name, "");
  for (const name of Object.keys(kept)) expect(environment).not.toHaveProperty(name);
  expect(terraform).toMatch(/terraform$/);
  expect(environment).toMatchObject({
    CHECKPOINT_DISABLE: "1",
    TF_PLUGIN_CACHE_DIR: "",
    TF_DATA_DIR: "",
    TF_WORKSPACE: "",
  });
  expect(readFileSync(environment.TF_CLI_CONFIG_FILE ?? "", "utf8")).toContain("filesystem_mirror");
});

test("providers get another folder for their sockets where that for temporary files has a long path", () => {
  const long = `/var/lib/jenkins/${"workspace/".repeat(8)}tmp`;
  expect(socketFolder(long, {})).toEqual({ PLUGIN_UNIX_SOCKET_DIR: "/tmp" });
  expect(socketFolder(long, { PLUGIN_UNIX_SOCKET_DIR: "/run/me" })).toEqual({});
  expect(socketFolder("/tmp", {})).toEqual({});
});
