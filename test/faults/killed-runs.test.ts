import { cpSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { killedIn, runningOf, untilEnded, untilRunning } from "../support/processes";
import { tools } from "../support/tools";
import { mlops } from "../support/mlops";
import { providersAnew } from "../support/prepared/providers";
import { Deployment } from "./support/deployment";
import { wholeStack, SmallStacks } from "./support/small-stacks";

const orphanedRole = "terraform import aws_iam_role.server-role_C2A2D92F 'jenkins-server-role'";

let small: SmallStacks;

beforeAll(async () => {
  small = await SmallStacks.start(["killed", "orphaned"]);
});
afterAll(() => small.stop());

test.concurrent(
  "terraform killed in mid-apply: state whole, lock named and released, re-run converges",
  async () => {
    const { wire, environments } = small;
    const deployment = new Deployment(small, ["killed"]);
    await small.beginState("killed");
    await deployment.plan();
    const hold = wire.hold({ session: "killed", action: "CreateInstanceProfile" });
    const { environment, ...tool } = tools().terraform;
    const apply = deployment.apply({}, undefined, {
      ...tool,
      environment: { ...environment, ...providersAnew },
    });
    await hold.reachedDuring(apply);
    await killedIn(deployment.workspace);
    expect(await apply).toMatchObject([
      { outcome: "failed", reason: expect.stringContaining(orphanedRole) as string },
    ]);
    hold.release();

    const state = await small.stateOf("killed");
    expect(await state.version()).toEqual({ serial: 1, lineage: "killed" });
    const { id, who, since } = (await state.lock()) ?? { id: "", who: "", since: "" };
    await expect(deployment.apply()).rejects.toThrow(
      `state locked by ${who} since ${since} for OperationTypeApply; if that run is dead: mlops unlock killed`,
    );
    const shown = await mlops(["unlock", "killed"], { environments });
    expect(shown.stdout).toMatch(new RegExp(`^held by +${who}$`, "m"));
    expect(shown.stdout).toMatch(new RegExp(`^since +${since}$`, "m"));
    expect(shown.stdout).toContain(`If that run is dead: mlops unlock killed --force ${id}`);
    const released = await mlops(["unlock", "killed", "--force", id], { environments });
    expect(released).toMatchObject({ exitCode: 0, stdout: "The state of killed is unlocked" });
    expect(await state.lock()).toBeUndefined();

    // Terraform had no time to write down the role that it had created; what to do about it is said.
    const refused: unknown = await deployment.apply().catch((error: unknown) => error);
    await giveToState(small, "killed", (refused as Error).message);
    expect(await new Deployment(small, ["killed"]).deploy()).toEqual({ killed: "applied" });
    expect(wire.seen({ session: "killed", action: "CreateRole" })).toHaveLength(1);
    expect(await small.typesInState("killed")).toEqual(wholeStack);
  },
);

test.concurrent("mlops killed in mid-apply: Terraform goes on to its end", async () => {
  const { wire, environments } = small;
  const deployment = new Deployment(small, ["orphaned"]);
  await deployment.plan();
  const hold = wire.hold({ session: "orphaned", action: "CreateInstanceProfile" });
  const from = ["apply", "--from", deployment.folder.path];
  const command = mlops(from, { environments, env: providersAnew });
  await hold.reachedDuring(command);
  const terraform = await untilRunning(`sessions/${command.pid ?? "?"}-`);
  process.kill(command.pid ?? 0, "SIGKILL");
  expect(await command).toMatchObject({ signal: "SIGKILL" });
  expect(runningOf(terraform)).toBeGreaterThan(0);
  hold.release();
  await untilEnded(terraform);
  expect(await (await small.stateOf("orphaned")).lock()).toBeUndefined();
  expect(await small.typesInState("orphaned")).toEqual(wholeStack);
  await expect(deployment.apply()).rejects.toThrow(/^ +orphaned: .*state /m);
});
/** Does in a stack's folder what a refusal says, as a user would. */
async function giveToState(small: SmallStacks, id: string, remedy: string): Promise<void> {
  const [, address = "", name = ""] = /^ +terraform import (\S+) '(\S+)'$/m.exec(remedy) ?? [];
  expect(remedy).toContain(orphanedRole);
  const folder = join(small.folder, "import");
  cpSync(small.directoryOf(id), folder, { recursive: true });
  const { terraform, environment } = tools().terraform;
  for (const args of [["init"], ["import", address, name]])
    await execa(terraform, [args[0] ?? "", "-input=false", ...args.slice(1)], {
      cwd: folder,
      env: environment,
      stdin: "ignore",
    });
}
