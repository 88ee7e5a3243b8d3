import { existsSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { mlops } from "../support/mlops";
import { repository } from "../support/estate";
import { temporaryFolder } from "../support/temporary-folder";
import { copyModel } from "../fork/support/copied-model";
import { Repository } from "../estate/support/working-copy";

const folder = temporaryFolder();
const lines = (text: string): string[] => text.split("\n").filter((line) => line !== "");
const init =
  "init --project churn --owner data --region eu-west-1 --registry models=210987654321 " +
  "--workload lab=321098765432:live --workload live=432109876543 --model tumour-grade";

let fork: Repository;

/** The next version as it is worst: every file of the product has changed. */
async function changeEveryFile(): Promise<void> {
  for (const file of lines(await fork.git("ls-files"))) {
    const path = join(folder, file);
    const text = readFileSync(path);
    if (text.includes(0)) continue;
    writeFileSync(path, file.endsWith(".json") ? `\n${String(text)}` : `${String(text)}\n`);
  }
}

beforeAll(async () => {
  fork = await Repository.ofWorkingTree(folder);
  rmSync(join(folder, "environments"), { recursive: true, force: true });
  await fork.commit("As it is shipped");
  symlinkSync(join(repository, "node_modules"), join(folder, "node_modules"), "dir");
  writeFileSync(join(folder, ".git/info/exclude"), "/node_modules\n"); // a link; a set-up makes a folder
});

test("a company's accounts and models are files that the product does not have, so the next version merges", async () => {
  await fork.git("checkout", "--quiet", "-b", "company");
  const model = copyModel(folder);
  expect(await mlops(init.split(" "), { root: folder })).toMatchObject({ exitCode: 0 });
  const added = lines(await fork.git("status", "--porcelain"));
  expect(added.filter((line) => !/^\?\? (environments|pipelines\/tumour-grade)\/$/.test(line))).toEqual([]);
  expect(added).toHaveLength(2);
  await fork.commit("Our accounts, and a model");

  await fork.git("checkout", "--quiet", "main");
  await changeEveryFile();
  renameSync(join(folder, "pipelines/mammo-severity"), join(folder, "pipelines/other-sample"));
  fork.edit(
    "pipelines/other-sample/model.ts",
    'const name = "mammo-severity"',
    'const name = "other-sample"',
  );
  await fork.commit("The next version");

  await fork.git("checkout", "--quiet", "company");
  await fork.git("merge", "--quiet", "--no-edit", "main");
  expect(existsSync(join(folder, "pipelines/mammo-severity"))).toBe(false);
  const { exitCode, stdout } = await mlops(["list", "--json"], { root: folder });
  expect(exitCode).toBe(0);
  const stacks = JSON.parse(stdout) as readonly { readonly id: string }[];
  expect(stacks.map(({ id }) => id)).toEqual(
    expect.arrayContaining([`lab-${model}`, `live-${model}`, "models"]),
  );
});

test("what is wrong in a model is one line for every command and for cdktf synth, without a stack trace", async () => {
  fork.edit("pipelines/tumour-grade/model.ts", "scripts/evaluate.py", "scripts/evaluat.py");
  const said =
    /^pipelines\/tumour-grade\/model\.ts:\d+:\d+: there is no script pipelines\/tumour-grade\/scripts\/evaluat\.py$/;
  const synth = execa("node", ["--require", "./tools/compile/register.js", "main.ts"], {
    cwd: folder,
    reject: false,
  });
  for (const { exitCode, stdout, stderr } of await Promise.all([mlops(["list"], { root: folder }), synth])) {
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr.trim()).toMatch(said);
  }
});
