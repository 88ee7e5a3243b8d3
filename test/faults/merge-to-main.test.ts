import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DescribeRuleCommand, EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { PlanFolder } from "../../deploy/plans/plan-folder";
import { describeWithJava } from "../jenkins/support/describe-with-java";
import { accessTo } from "../support/deployed-estate";
import { onlyReads } from "../support/wire/request";
import { deployRole, JenkinsServer } from "./support/jenkins-server";
import { mlops } from "./support/command";
import { FaultPlace } from "./support/place";
import { bringUpProd, standing } from "./support/standing-estate";
import { Repository } from "./support/working-copy";

jest.setTimeout(300_000);

let place: FaultPlace;

beforeAll(async () => {
  place = await FaultPlace.withShippedEstate();
  await bringUpProd(place);
});
afterAll(() => place.stop());

describeWithJava("a change of prod, from a branch to main", () => {
  let author: Repository;
  let jenkins: JenkinsServer;

  beforeAll(async () => {
    author = await Repository.ofWorkingTree(join(place.folder, "author"));
    jenkins = await JenkinsServer.start(place, await author.clone(join(place.folder, "workspace")));
  });

  const planned = () => new PlanFolder(join(jenkins.workspace.folder, "plan")).readManifest().stacks;
  const scheduleOfProd = async () => {
    const events = new EventBridgeClient(await accessTo(place.estate, "prod"));
    return (await events.send(new DescribeRuleCommand({ Name: "mammo-severity-inference-schedule" })))
      .ScheduleExpression;
  };
  test("the pull request is planned: only what it affects", async () => {
    await author.git("checkout", "--quiet", "-b", "earlier");
    author.edit("environments/prod.json", "cron(0 23 * * ? *)", "cron(30 22 * * ? *)");
    await author.commit("Earlier inference in prod");
    await jenkins.checkOut("origin/earlier");
    const plan = await jenkins.plan("pull request");
    expect(plan.output).toMatch(/Affected since [0-9a-f]{12}:\n +prod-mammo-severity\n/);
    expect(plan.output).toContain("schedule_expression");
    expect(plan).toMatchObject({ exitCode: 3 });
    expect(planned()).toMatchObject([
      { id: "prod-mammo-severity", counts: { change: 1, create: 0, destroy: 0 } },
    ]);
  });

  test("main is planned, approved, and applied as planned, although more was merged meanwhile", async () => {
    await author.git("checkout", "--quiet", "main");
    await author.git("merge", "--quiet", "--no-ff", "--message", "Merge", "earlier");
    await jenkins.checkOut("origin/main");
    const plan = await jenkins.plan("main");
    expect(plan).toMatchObject({ exitCode: 3 });
    expect(planned()).toMatchObject([
      { id: "prod-mammo-severity", appliedBy: "jenkins", counts: { change: 1 } },
    ]);

    author.edit("environments/prod.json", "cron(30 22 * * ? *)", "cron(0 21 * * ? *)");
    author.edit("package-lock.json", "\n", "\n\n");
    await jenkins.checkOut(await author.commit("Merged since"));
    const early = await jenkins.runLine("mlops apply");
    expect(early.exitCode).toBe(1);
    expect(early.output).toMatch(
      /Nothing was applied:\n +commit planned .*\n +package-lock.json planned .*\n +prod-mammo-severity: synthesised files/,
    );
    expect(await scheduleOfProd()).toBe("cron(0 23 * * ? *)");

    const apply = await jenkins.apply();
    expect(apply.exitCode).toBe(0);
    expect(apply.output).toMatch(/^prod-mammo-severity +applied +0 +1 +0$/m);
    expect(await scheduleOfProd()).toBe("cron(30 22 * * ? *)");
  });

  test("planned again, nothing is pending", async () => {
    const plan = await jenkins.runLine("mlops plan");
    expect(plan).toMatchObject({ exitCode: 0 });
    expect(plan.output).toContain("Nothing is pending");
  });

  test("all of it was done as Jenkins, whose policies allowed each request", () => {
    expect(jenkins.denied).toEqual([]);
    const others = jenkins.changes.filter((change) => !change.startsWith(`${deployRole}: `));
    expect(others).toEqual([]);
    expect(jenkins.changes).toContain(`${deployRole}: PutRule`);
    expect(jenkins.changes).toContain(`${deployRole}: PutLogEvents`);
  });

  test("a foundation is none of Jenkins' stacks, nor does its role reach one", async () => {
    const forced = await jenkins.run('npx mlops plan prod-foundation --role "$ROLE"', { ROLE: deployRole });
    expect(forced.exitCode).toBe(1);
    expect(forced.output).toMatch(/prod-foundation failed: .*prod-foundation\/terraform.tfstate.*Forbidden/s);
    const state = "arn:aws:s3:::mlops-prod-terraform-state-222222222222";
    expect(jenkins.mayApply("s3:PutObject", `${state}/prod-mammo-severity/terraform.tfstate`)).toBe(true);
    expect(jenkins.mayApply("s3:PutObject", `${state}/prod-foundation/terraform.tfstate`)).toBe(false);
    for (const action of ["iam:CreateRole", "iam:PutRolePolicy", "iam:AttachRolePolicy", "kms:PutKeyPolicy"])
      expect([action, jenkins.mayApply(action)]).toEqual([action, false]);
    for (const action of [
      "kms:ScheduleKeyDeletion",
      "s3:PutBucketPolicy",
      "s3:DeleteBucket",
      "logs:DeleteLogGroup",
    ])
      expect([action, jenkins.mayApply(action)]).toEqual([action, false]);
  });
});

test("a plan only reads, whatever the role, and one with a role of the reader's own is not for applying", async () => {
  const from = place.wire.requests.length;
  const out = join(place.folder, "read-only");
  const role = "ReadOnly";
  const plan = await mlops(["plan", ...standing, "prod-state", "--role", role, "--out", out]);
  expect(plan).toMatchObject({ exitCode: 3 });
  const asked = place.wire.requests.slice(from);
  expect(
    asked.filter((request) => !onlyReads(request)).map(({ service, action }) => `${service} ${action}`),
  ).toEqual([]);
  expect(new Set(asked.map((request) => request.role?.split("/")[1]))).toEqual(new Set([undefined, role]));
  const services = [
    "events",
    "iam",
    "kms",
    "lambda",
    "logs",
    "monitoring",
    "s3",
    "sagemaker",
    "sns",
    "sqs",
    "sts",
  ];
  expect([...new Set(asked.map(({ service }) => service))].toSorted()).toEqual(services);
  const apply = await mlops(["apply", "--from", out]);
  expect(apply).toMatchObject({ exitCode: 1 });
  expect(apply.stderr).toContain(
    `planned with the role ${role} instead of the stacks' own: such a plan is for reading only`,
  );
  expect(readFileSync(join(out, "plan.md"), "utf8")).not.toBe("");
});
