import { createHash } from "node:crypto";
import { appendFileSync, chmodSync, copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { onlyReads, type WireRequest } from "../support/wire/request";
import { refusal, xmlAnswer } from "../support/wire/faults";
import { tools } from "../support/tools";
import { mlops } from "../support/mlops";
import { Deployment, edited } from "./support/deployment";
import { outcomesOf } from "../support/deployment";
import { SmallStacks } from "./support/small-stacks";

const retagged = edited(({ provider }) => {
  Object.assign(provider.aws[0], { max_retries: 3 });
});

const withLogs = edited(({ resource }) => {
  resource.aws_cloudwatch_log_group = { logs: { name: "kept" } };
});

/** A Terraform that says of itself that it is of another version. */
function otherTerraform(folder: string): string {
  const file = join(folder, "other-terraform");
  const answer = '{"terraform_version":"1.11.3"}';
  const script = `#!/bin/sh\n[ "$1" = version ] && echo '${answer}' && exit\nexec '${tools().terraform.terraform}' "$@"\n`;
  writeFileSync(file, script);
  chmodSync(file, 0o755);
  return file;
}

let small: SmallStacks;

beforeAll(async () => {
  small = await SmallStacks.start(["outdated", "expired", "missing", "elsewhere", "holding", "forged"]);
});
afterAll(() => small.stop());

test.concurrent("a plan is refused with all that differs from its time, and nothing is applied", async () => {
  const { wire, folder } = small;
  const deployment = new Deployment(small, ["outdated"]);
  await deployment.plan();
  await small.beginState("outdated");
  appendFileSync(deployment.folder.file("outdated", "plan.tfplan"), "tampered");
  const manifest = deployment.folder.readManifest();
  const planned = manifest.stacks.map((entry) => ({ entry, stack: small.stack(entry.id) }));
  const other = {
    ...manifest,
    commit: { id: "0123456789abcdef", dirty: false },
    packageLockHash: "f".repeat(64),
  };
  const before = wire.seen({ session: "outdated" }).length;
  const tool = { ...tools().terraform, terraform: otherTerraform(folder) };
  const error: unknown = await deployment
    .apply({ manifest: other, planned }, retagged, tool)
    .catch((reason: unknown) => reason);
  const lines = (error as Error).message.split("\n").map((line) => line.replace(/[0-9a-f]{12}/g, "…"));
  expect(lines).toEqual([
    "Nothing was applied:",
    expect.stringMatching(/^ {2}commit planned …, checked out …$/),
    "  package-lock.json planned with …, now …",
    "  Terraform planned with 1.11.4, now 1.11.3",
    "  outdated: synthesised files planned with …, now …",
    "  outdated: saved plan planned with …, now …",
    "  outdated: there was no state when it was planned, now there is one (serial 1)",
    "  Plan again: only what was planned on this is applied",
  ]);
  expect(
    wire
      .seen({ session: "outdated" })
      .slice(before)
      .filter((request) => !onlyReads(request)),
  ).toEqual([]);
});

test.concurrent(
  "what the caller lacks in each account is said, a line each, before Terraform runs",
  async () => {
    const { wire, environments, estate } = small;
    const ids = ["expired", "missing", "elsewhere"];
    const deployment = new Deployment(small, ["expired"]);
    await deployment.plan();
    const manifest = deployment.folder.readManifest();
    const stacks = ids.flatMap((id) => manifest.stacks.map((entry) => ({ ...entry, id })));
    deployment.folder.writeManifest({ ...manifest, stacks });
    const accountOf = (id: string) => estate.environments.find(({ name }) => name === id)?.account ?? "";
    const asking = (id: string) => ({
      action: "AssumeRole",
      where: ({ body }: WireRequest) => body.includes(accountOf(id)),
    });
    wire.fail(
      asking("expired"),
      refusal("ExpiredToken", "The security token included in the request is expired"),
    );
    wire.fail(asking("missing"), refusal("AccessDenied", "not authorized to perform sts:AssumeRole"));
    const identity = "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>777777777777</Account>";
    const closing = "</GetCallerIdentityResult></GetCallerIdentityResponse>";
    const elsewhere = ({ role }: WireRequest) => role?.includes(accountOf("elsewhere")) === true;
    wire.fail({ action: "GetCallerIdentity", where: elsewhere }, xmlAnswer(identity + closing));
    const before = ids.map((id) => wire.seen({ session: id }).length);
    const runs = [
      mlops(["plan", ...ids], { environments }),
      mlops(["apply", "--from", deployment.folder.path], { environments }),
    ];
    for (const { exitCode, stdout, stderr } of await Promise.all(runs)) {
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
      expect(
        stderr
          .split("\n")
          .map((line) => line.trim())
          .toSorted(),
      ).toEqual([
        "Some accounts are out of reach:",
        expect.stringMatching(/^The AWS credentials do not work to reach environment expired .*ExpiredToken/),
        expect.stringMatching(
          /^The role \S+ of environment elsewhere leads to account 777777777777, not to \d{12}$/,
        ),
        expect.stringMatching(/^arn:\S+ may not assume arn:\S+ to reach environment missing .*AccessDenied/),
      ]);
    }
    expect(ids.map((id) => wire.seen({ session: id }).length)).toEqual(before);
  },
);

test.concurrent("what holds data is destroyed only where its address is allowed", async () => {
  const { wire } = small;
  await new Deployment(small, ["holding"]).deploy(withLogs);
  const deployment = new Deployment(small, ["holding"]);
  await deployment.plan();
  const address = "aws_cloudwatch_log_group.logs";
  await expect(deployment.apply()).rejects.toThrow(
    `holding: would destroy ${address} and lose logs; to keep it on AWS: plan with --keep '${address}'; ` +
      `to let it: --allow-destroy '${address}'`,
  );
  const said = deployment.folder.readManifest();
  const nothing = said.stacks.map((stack) => ({
    ...stack,
    counts: { ...stack.counts, destroy: 0, change: 1 },
    losses: [],
  }));
  const digest = deployment.folder.writeManifest({ ...said, stacks: nothing });
  await expect(deployment.apply({ digest })).rejects.toThrow(
    "holding: the manifest says 1 to change, the saved plan itself 1 to destroy\n  " +
      `holding: the saved plan would destroy ${address} and lose logs, of which the manifest says nothing`,
  );
  deployment.folder.writeManifest(said);
  expect(wire.seen({ session: "holding", action: "DeleteLogGroup" })).toEqual([]);
  expect(outcomesOf(await deployment.apply({ allowed: [address] }))).toEqual({ holding: "applied" });
  expect(wire.seen({ session: "holding", action: "DeleteLogGroup" })).toHaveLength(1);
});

const hashOf = (file: string): string => createHash("sha256").update(readFileSync(file)).digest("hex");

test.concurrent(
  "a plan that was made of something else, with its hash in the manifest, runs nothing",
  async () => {
    const { folder } = small;
    const ran = join(folder, "ran");
    const honest = new Deployment(small, ["forged"]);
    await honest.plan();
    const forged = new Deployment(small, ["forged"]);
    await forged.plan(
      edited(({ resource }) => {
        resource.terraform_data = { x: { provisioner: [{ "local-exec": { command: `touch ${ran}` } }] } };
      }),
    );
    copyFileSync(forged.folder.file("forged", "plan.tfplan"), honest.folder.file("forged", "plan.tfplan"));
    const planHash = hashOf(honest.folder.file("forged", "plan.tfplan"));
    const manifest = honest.folder.readManifest();
    const stacks = manifest.stacks.map((stack) => ({ ...stack, planHash }));
    const digest = honest.folder.writeManifest({ ...manifest, stacks });
    writeFileSync(join(honest.folder.path, "forged/applied.json"), JSON.stringify({ planHash }));
    for (const changes of [{ digest }, {}])
      await expect(honest.apply(changes)).rejects.toThrow(
        "Nothing was applied:\n" +
          "  forged: the saved plan's cdk.tf.json runs foreign code: terraform_data.x has a provisioner\n" +
          "  forged: the saved plan was made of another cdk.tf.json than is synthesised\n",
      );
    expect(existsSync(ran)).toBe(false);

    // The honest one is applied, whatever a mark beside it says, and that is on record where only appliers write.
    await honest.plan();
    const { planHash: itsOwn = "" } = honest.folder.readManifest().stacks[0] ?? {};
    writeFileSync(join(honest.folder.path, "forged/applied.json"), JSON.stringify({ planHash: itsOwn }));
    const read = honest.folder.read();
    expect(outcomesOf(await honest.apply({ digest: read.digest }))).toEqual({ forged: "applied" });
    expect(await (await small.stateOf("forged")).record()).toMatchObject({
      ...{ stack: "forged", planHash: itsOwn, manifestDigest: read.digest, commit: read.manifest.commit.id },
      ...{ requireApproval: false, approvedBy: null, build: null },
    });
    expect(outcomesOf(await honest.apply({ digest: read.digest }))).toEqual({ forged: "before" });
  },
);
