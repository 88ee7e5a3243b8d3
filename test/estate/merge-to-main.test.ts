import { join } from "node:path";
import { DescribeRuleCommand, EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { KMSClient, ListAliasesCommand, UpdateAliasCommand } from "@aws-sdk/client-kms";
import { PlanFolder } from "../../deploy/plans/plan-folder";
import { describeWithJava } from "../jenkins/support/describe-with-java";
import { AppliedEstate } from "../support/applied-estate";
import { deployRole, JenkinsServer } from "./support/jenkins-server";
import { Repository } from "./support/working-copy";

describeWithJava("Jenkins' own shell lines, under its roles' policies", () => {
  let applied: AppliedEstate;
  let author: Repository;
  let jenkins: JenkinsServer;

  beforeEach(async () => {
    applied = await AppliedEstate.copy({ policies: true });
    author = await Repository.ofWorkingTree(join(applied.folder, "author"));
    jenkins = await JenkinsServer.start(applied, await author.clone(join(applied.folder, "workspace")));
  });
  afterEach(async () => {
    jenkins.stop();
    await applied.stop();
  });

  const planned = (folder: string) =>
    new PlanFolder(join(jenkins.workspace.folder, folder)).readManifest().stacks;
  const scheduleOfProd = async () => {
    const events = new EventBridgeClient(await applied.access("prod"));
    return (await events.send(new DescribeRuleCommand({ Name: "mammo-severity-inference-schedule" })))
      .ScheduleExpression;
  };

  test("bring a change of prod from a branch to main: planned, approved, and applied as planned", async () => {
    // The pull request: only what it affects is planned.
    await author.git("checkout", "--quiet", "-b", "earlier");
    author.edit("environments/prod.json", "cron(0 23 * * ? *)", "cron(30 22 * * ? *)");
    await author.commit("Earlier inference in prod");
    await jenkins.checkOut("origin/earlier");
    const plan = await jenkins.plan("pull request");
    expect(plan.output).toMatch(/Affected since [0-9a-f]{12}:\n +prod-mammo-severity\n/);
    expect(plan.output).toContain("schedule_expression");
    expect(plan).toMatchObject({ exitCode: 3 });
    expect(planned("plan")).toMatchObject([
      { id: "prod-mammo-severity", counts: { change: 1, create: 0, destroy: 0 } },
    ]);

    await author.git("checkout", "--quiet", "main");
    await author.git("merge", "--quiet", "--no-ff", "--message", "Merge", "earlier");
    await jenkins.checkOut("origin/main");
    // The estate was applied from this repository, of which the author's is a copy with commits of its own.
    const state = await applied.accounts.stateOf(applied.stack("prod-mammo-severity"));
    const record = await state.record();
    expect(record).toMatchObject({ approvedBy: null, requireApproval: true });
    if (record) await state.putRecord({ ...record, commit: await author.git("rev-parse", "HEAD^1") });
    expect(await jenkins.plan("main")).toMatchObject({ exitCode: 3 });
    expect(planned("plan/prod")).toMatchObject([
      { id: "prod-mammo-severity", appliedBy: "ci", counts: { change: 1 } },
    ]);

    // More is merged meanwhile: what was approved is not what would be applied there.
    author.edit("environments/prod.json", "cron(30 22 * * ? *)", "cron(0 21 * * ? *)");
    author.edit("package-lock.json", "\n", "\n\n");
    await jenkins.checkOut(await author.commit("Merged since"));
    const early = await jenkins.applyHere("author");
    expect(early.exitCode).toBe(1);
    expect(early.output).toMatch(
      /Nothing was applied:\n +commit planned .*\n +package-lock.json planned .*\n +prod-mammo-severity: synthesised files/,
    );
    expect(early.output).toContain(
      "prod-mammo-severity: approved by author, who wrote some of it (author@example.com): somebody else has to",
    );
    expect(await scheduleOfProd()).toBe("cron(0 23 * * ? *)");

    const keys = new KMSClient(await applied.access("prod"));
    const { Aliases = [] } = await keys.send(new ListAliasesCommand({}));
    const alias = Aliases.find(({ AliasName }) => AliasName === "alias/mlops-prod");
    await keys.send(new UpdateAliasCommand({ AliasName: alias?.AliasName, TargetKeyId: alias?.TargetKeyId })); // as new
    jenkins.refuseOnce("DescribeKey");
    const apply = await jenkins.apply("bob");
    expect(apply.exitCode).toBe(0);
    expect(apply.output).toMatch(
      /prod-mammo-severity: waiting until AWS counts alias\/mlops-prod in permissions, \d+ s/,
    );
    expect(apply.output).toMatch(/^prod-mammo-severity +applied +0 +1 +0$/m);
    expect(await scheduleOfProd()).toBe("cron(30 22 * * ? *)");

    expect(await state.record()).toMatchObject({ approvedBy: "bob", requireApproval: true });

    const again = await jenkins.runLine("mlops plan");
    expect(again).toMatchObject({ exitCode: 0 });
    expect(again.output).toContain("Nothing is pending");

    // All of it was done as Jenkins, whose policies allowed each request.
    expect(await jenkins.denied()).toEqual([]);
    const others = jenkins.changes.filter((change) => !change.startsWith(`${deployRole}: `));
    // This test's own.
    expect(others).toEqual([
      expect.stringMatching(/^OrganizationAccountAccessRole: PUT .*\/prod-mammo-severity\/applied\.json$/),
      "OrganizationAccountAccessRole: UpdateAlias",
    ]);
    expect(jenkins.changes).toContain(`${deployRole}: PutRule`);
    expect(jenkins.changes).toContain(`${deployRole}: PutLogEvents`);
  });

  test("reach no foundation, which is none of Jenkins' stacks", async () => {
    const forced = await jenkins.run('npx mlops plan prod-foundation --role "$ROLE"', { ROLE: deployRole });
    expect(forced.exitCode).toBe(1);
    expect(forced.output).toMatch(
      /prod-foundation failed: .*\/cross-account-jenkins-role\/.* not authorized to perform: s3:/s,
    );
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
