import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { compileHook } from "../../../tools/paths";
import { repository } from "../../support/estate";

test("stacks are synthesised where there is no Terraform", async () => {
  const folder = mkdtempSync(join(tmpdir(), "synth-"));
  try {
    await execa(process.execPath, ["--require", compileHook, "main.ts"], {
      cwd: repository,
      env: { PATH: "", CDKTF_OUTDIR: folder },
      extendEnv: false,
    });
    expect(readdirSync(join(folder, "stacks"))).toContain("prod-state");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
