import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { readPlanFile, stateOfPlan } from "../../../deploy/terraform/plan-file";
import { resourcesIn } from "../../../deploy/terraform/state-json";
import { applyPlan, init, savePlan, showPlan, TerraformError } from "../../../deploy/terraform/terraform";
import { terraformVersion } from "../../../deploy/terraform/version";
import { until } from "../../support/until";
import { tools } from "../../support/tools";
import { kept, TerraformFolder } from "../../support/terraform-folder";

let folder: TerraformFolder;
beforeEach(() => {
  folder = new TerraformFolder();
});

const zipOf = (name: string): Uint8Array => zipSync({ [name]: strToU8("{}") });

const journal = () => join(folder.path, "apply.jsonl");
const applySaved = () => applyPlan(folder.options, { file: folder.plan, journal: journal() });

describe("a provider that is not the estate's", () => {
  const aws = { terraform: { required_providers: { aws: { source: "hashicorp/aws", version: "5.100.0" } } } };

  test("is not looked for, wherever a state says that it comes from", async () => {
    await folder.apply(kept({ one: {} }));
    const state = folder.state();
    const provider = 'provider["127.0.0.1:1/evil/evil"]';
    const evil = {
      mode: "managed",
      type: "evil_thing",
      name: "x",
      provider,
      instances: [{ attributes: {} }],
    };
    const resources = [...state.resources, evil];
    writeFileSync(join(folder.path, "terraform.tfstate"), JSON.stringify({ ...state, resources }));
    await expect(init(folder.options)).rejects.toThrow("was not found in any of the search locations");
  });

  test("is not run for AWS's where its hash is none of those that are committed", async () => {
    folder.write(aws);
    const { lockFile } = tools().terraform;
    await init({ ...folder.options, lockFile });
    const other = join(folder.path, "other.lock.hcl");
    const committed = readFileSync(lockFile, "utf8");
    writeFileSync(
      other,
      committed.replaceAll(/"(?:h1|zh):../g, (hash) => `${hash.slice(0, -2)}00`),
    );
    await expect(init({ ...folder.options, lockFile: other })).rejects.toThrow(
      "is none of the builds whose hashes are committed",
    );
  });
});

test("a plan on nothing says that it was made on no state", async () => {
  await folder.planFor(kept({ one: {} }));
  expect(stateOfPlan(folder.plan)).toMatchObject({ serial: 0, lineage: "", resources: [] });
});

test("a plan says which state it was made on, and how many resources are in that", async () => {
  await folder.apply(kept({ one: { input: 1 }, many: { count: 3, input: 1 } }));
  await folder.planFor({ ...kept({ one: { input: 2 } }), data: { terraform_remote_state: other } });
  const { serial, lineage } = folder.state();
  expect(serial).toBeGreaterThan(0);
  expect(stateOfPlan(folder.plan)).toMatchObject({ serial, lineage });
  expect(resourcesIn(stateOfPlan(folder.plan))).toBe(4);
});

/** A data source, which is no resource. */
const other = { self: { backend: "local", config: { path: "terraform.tfstate" } } };

test("data sources in the state are not counted", async () => {
  await folder.apply(kept({ one: {} }));
  const configuration = { ...kept({ one: {} }), data: { terraform_remote_state: other } };
  await folder.apply(configuration);
  await folder.planFor(configuration);
  expect(resourcesIn(stateOfPlan(folder.plan))).toBe(1);
});

test.each(["no zip", zipOf("other")])("what is no saved plan is refused", (content) => {
  const file = join(folder.path, "none.tfplan");
  writeFileSync(file, content);
  expect(() => stateOfPlan(file)).toThrow("none.tfplan is no plan that Terraform saved");
});

test("what is read of a saved plan is what it holds, and Terraform applies it as it is packed anew", async () => {
  const configuration = { variable: { x: { type: "string", default: "y" } }, ...kept({ one: { input: 1 } }) };
  await folder.planFor(configuration);
  const { packed, ...plan } = readPlanFile(readFileSync(folder.plan));
  expect(plan).toMatchObject({
    configuration: { "main.tf.json": JSON.stringify(configuration) },
    modules: [],
    state: { serial: 0 },
    backend: { type: "local", workspace: "default", config: { path: null, workspace_dir: null } },
  });
  writeFileSync(folder.plan, packed);
  expect(await applySaved()).toMatchObject({ add: 1 });
});

test("a saved plan is for its owner alone, even where it is written over an open file", async () => {
  const mask = process.umask(0);
  try {
    writeFileSync(folder.plan, "");
    await folder.planFor(kept({ one: {} }));
  } finally {
    process.umask(mask);
  }
  expect(statSync(folder.plan).mode & 0o777).toBe(0o600);
});

test("planning waits for no apply that holds the lock", async () => {
  await folder.apply(kept({ one: { input: 1 } }));
  const waiting = "touch begun; while [ -e begun ] && [ ! -e go ]; do sleep 0.05; done";
  const slow = { provisioner: [{ "local-exec": { command: waiting } }] };
  const applying = folder.apply(kept({ one: { input: 1 }, slow }));
  await until("the apply is under way", () => existsSync(join(folder.path, "begun")) || undefined);
  expect(await savePlan(folder.options, { file: folder.plan })).toMatchObject({ pending: true });
  writeFileSync(join(folder.path, "go"), "");
  await applying;
});

test("what cannot be planned fails with Terraform's reason, and without a secret that it is about", async () => {
  folder.write({
    variable: { secret: { sensitive: true, default: "hush-hush" } },
    ...kept({
      one: { input: "${tonumber(var.secret)}" },
      two: {
        lifecycle: {
          precondition: [{ condition: "${var.secret == 1}", error_message: "not ${var.secret}" }],
        },
      },
    }),
  });
  await init(folder.options);
  const failure: unknown = await savePlan(folder.options, { file: folder.plan }).catch(
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(TerraformError);
  expect(String(failure)).toContain("this sensitive string");
  expect(String(failure)).toContain("Resource precondition failed");
  expect(String(failure)).not.toContain("hush");
});

test("a saved plan is applied as it was saved, whatever the code has become, and only once", async () => {
  await folder.planFor(kept({ one: { input: "as planned" } }));
  folder.write(kept({ one: { input: "since" }, two: {} }));
  expect(await applySaved()).toMatchObject({ add: 1, change: 0, remove: 0, operation: "apply" });
  expect(JSON.stringify(folder.state())).toContain("as planned");
  expect(readFileSync(journal(), "utf8")).toContain('"type":"apply_complete"');
  await expect(applySaved()).rejects.toThrow("Saved plan is stale");
});

test("a saved plan is refused once the state has moved on", async () => {
  await folder.planFor(kept({ one: { input: 1 } }));
  await folder.apply(kept({ other: {} }));
  await expect(applySaved()).rejects.toThrow(/stale/);
});

test("a refresh alone has nothing pending where only the code has changed", async () => {
  await folder.apply(kept({ one: { input: 1 } }));
  folder.write(kept({ one: { input: 2 } }));
  expect(await savePlan(folder.options, { file: folder.plan, refreshOnly: true })).toMatchObject({
    pending: false,
  });
  expect(await savePlan(folder.options, { file: folder.plan })).toMatchObject({ pending: true });
});

test("what cannot be shown is an error in Terraform's words", async () => {
  writeFileSync(folder.plan, "no plan");
  await expect(showPlan(folder.options, folder.plan)).rejects.toThrow(TerraformError);
});

test("Terraform says its version", async () => {
  expect(await terraformVersion(folder.options)).toMatch(/^1\.\d+\.\d+$/);
});
