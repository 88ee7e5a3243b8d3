import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { Gitlab } from "@gitbeaker/rest";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SageMakerClient, UpdateModelPackageCommand } from "@aws-sdk/client-sagemaker";
import type { AccountAccess } from "../../deploy/access/account-access";
import { GitlabDouble, roles } from "../../emulator/gitlab";
import { refusals } from "../../emulator/local-aws";
import { startRunner, type Runner } from "../../emulator/runner";
import { describeEndpoint } from "../../operate/endpoints";
import { mammoSeverity } from "../../pipelines/mammo-severity/model";
import { AppliedEstate } from "../support/applied-estate";
import { temporaryFolder } from "../support/temporary-folder";
import { tools } from "../support/tools";
import { until } from "../support/until";
import { describeWithSdk } from "../support/with-sdk";
import { jsonOf, mlops } from "../unit/cli/support";
import { ChangedStacks } from "./support/changed-stacks";
import { ciMachine } from "./support/projects/ci-python";

const stack = "dev-project-templates";
const gitlabUrl = "https://gitlab.example.com";
const tokenSecret = "mlops/gitlab-token";
const token = `glpat-${randomBytes(12).toString("hex")}`;

interface Made {
  readonly id: string;
  readonly status: string;
  readonly failures: readonly unknown[];
}

/** From a template in the catalog to an endpoint that scores: what people and CI do, on a local AWS in which policies count. */
describeWithSdk("projects of the templates", () => {
  let applied: AppliedEstate;
  let gitlab: GitlabDouble;
  let api: InstanceType<typeof Gitlab>;
  let runner: Runner;
  let access: AccountAccess;
  let offering: ChangedStacks;
  const folder = temporaryFolder();
  const machine: Record<string, string> = {};

  const run = (line: string, rest: readonly string[] = []) =>
    mlops(`projects ${line} --json`, { environments: offering.changed.folder, rest });

  beforeAll(async () => {
    gitlab = await GitlabDouble.start({
      folder: join(folder, "gitlab"),
      rootUrl: gitlabUrl,
      users: [{ username: "platform", tokens: [{ value: token, scopes: ["api", "write_repository"] }] }],
      groups: [{ path: "ml", members: { platform: roles.owner } }],
      runner: { environment: machine },
    });
    applied = await AppliedEstate.copy({ policies: true, elsewhere: { [gitlabUrl]: gitlab.url } });
    Object.assign(machine, await ciMachine(folder));
    api = new Gitlab({ host: gitlab.url, token });
    access = await applied.access("dev");
    runner = await startRunner({
      environment: applied.localAws.environment,
      python: tools().python,
      logs: join(applied.folder, "logs"),
      scratch: join(applied.folder, "jobs"),
      logFile: join(applied.folder, "runner.log"),
    });
    const projectTemplates = { gitlab: { url: gitlabUrl, tokenSecret } };
    offering = new ChangedStacks(applied, "offering", {
      files: { "dev.json": { projectTemplates } },
      models: [mammoSeverity],
    });
    await new SecretsManagerClient(access).send(
      new CreateSecretCommand({ Name: tokenSecret, SecretString: JSON.stringify({ token }) }),
    );
  });
  afterAll(async () => {
    await runner.stop();
    await gitlab.stop();
    await applied.stop();
  });

  test("templates that are asked for are a stack that is added, and nothing else changes", async () => {
    expect(Object.keys(await offering.planned([stack, "dev-foundation", "registry"]))).toEqual(["create"]);
    expect(await offering.apply([stack])).toEqual({ [stack]: "applied" });
    expect(await offering.planned([stack])).toEqual({});
  });

  const create = async (name: string) =>
    run(`create dev ${name} --template gitlab`, [
      ...["--param", "GitLabGroup=ml"],
      ...["--param", `ModelBuildCodeRepositoryName=${name}-build`],
      ...["--param", `ModelDeployCodeRepositoryName=${name}-deploy`],
    ]);

  test("a project of GitLab's template: repositories, a version, its approval, staging, a person, production", async () => {
    const made = await create("churn");
    expect(`${made.err}\n${made.out}\n${String(made.code)}`).toMatch(/\n0$/);
    const { id } = jsonOf(made) as Made;
    await gitlab.idle();
    const version = `arn:aws:sagemaker:us-east-1:111111111111:model-package/churn-${id}/1`;
    const built = await api.Jobs.all("ml/churn-build");
    const traces = await Promise.all(built.map((job) => api.Jobs.showLog("ml/churn-build", job.id)));
    expect([built.map(({ name, status }) => `${name} ${status}`).sort(), traces.join("\n")]).toEqual([
      ["build success", "verify success"],
      expect.stringContaining(version),
    ]);
    const sagemaker = new SageMakerClient(access);
    await sagemaker.send(
      new UpdateModelPackageCommand({ ModelPackageArn: version, ModelApprovalStatus: "Approved" }),
    );
    const waiting = await until("the deployment waits for a person", async () => {
      const jobs = await api.Jobs.all("ml/churn-deploy");
      return jobs.find(({ name, status }) => name === "production" && status === "manual");
    });
    await gitlab.idle();
    const staged = await api.Jobs.all("ml/churn-deploy", { pipelineId: waiting.pipeline.id });
    const deployed = await Promise.all(staged.map((job) => api.Jobs.showLog("ml/churn-deploy", job.id)));
    expect([staged.map(({ name, status }) => `${name} ${status}`).sort(), deployed.join("\n")]).toEqual([
      ["production manual", "release success", "staging success", "test-staging success", "verify success"],
      expect.anything(),
    ]);
    await api.Jobs.play("ml/churn-deploy", waiting.id);
    await gitlab.idle();
    const endpoint = await describeEndpoint(sagemaker, `churn-${id}-production`);
    expect(endpoint?.EndpointStatus).toBe("InService");
    expect(await refusals(applied.localAws)).toEqual([]);
  });
});
