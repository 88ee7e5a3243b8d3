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

  /** Jobs of a project's last pipeline that somebody or something started, and what they printed. */
  async function lastJobs(project: string): Promise<{
    readonly pipeline: number;
    readonly jobs: readonly { readonly id: number; readonly name: string; readonly status: string }[];
    readonly printed: string;
  }> {
    const [last] = await api.Pipelines.all(project);
    if (!last) return { pipeline: 0, jobs: [], printed: "" };
    const jobs = await api.Jobs.all(project, { pipelineId: last.id });
    const ended = jobs.filter(({ status }) => status === "success" || status === "failed");
    const traces = await Promise.all(ended.map(({ id }) => api.Jobs.showLog(project, id)));
    return {
      pipeline: last.id,
      jobs: jobs.toSorted((one, other) => one.id - other.id),
      printed: traces.join("\n"),
    };
  }

  const outcomes = ({ jobs }: Awaited<ReturnType<typeof lastJobs>>) =>
    jobs.map(({ name, status }) => `${name} ${status}`).sort();

  test("a project of GitLab's template: repositories, a version, its approval, staging, a person, production", async () => {
    const made = await create("churn");
    expect(`${made.err}\n${made.out}\n${String(made.code)}`).toMatch(/\n0$/);
    const { id } = jsonOf(made) as Made;
    await gitlab.idle();
    const version = `arn:aws:sagemaker:us-east-1:111111111111:model-package/churn-${id}/1`;
    const built = await lastJobs("ml/churn-build");
    expect([outcomes(built), built.printed]).toEqual([
      ["build success", "verify success"],
      expect.stringContaining(version),
    ]);
    const sagemaker = new SageMakerClient(access);
    await sagemaker.send(
      new UpdateModelPackageCommand({ ModelPackageArn: version, ModelApprovalStatus: "Approved" }),
    );
    await until("the approval has started the deployment", async () => {
      const { jobs } = await lastJobs("ml/churn-deploy");
      return jobs.some(({ status }) => status !== "skipped") ? true : undefined;
    });
    await gitlab.idle();
    const deployed = await lastJobs("ml/churn-deploy");
    expect([outcomes(deployed), deployed.printed]).toEqual([
      ["production manual", "release success", "staging success", "test-staging success", "verify success"],
      expect.anything(),
    ]);
    const waiting = deployed.jobs.find(({ name }) => name === "production");
    await api.Jobs.play("ml/churn-deploy", waiting?.id ?? 0);
    await gitlab.idle();
    const ended = await lastJobs("ml/churn-deploy");
    expect([outcomes(ended), ended.printed]).toEqual([
      ["production success", "release success", "staging success", "test-staging success", "verify success"],
      expect.anything(),
    ]);
    const endpoint = await describeEndpoint(sagemaker, `churn-${id}-production`);
    expect(endpoint?.EndpointStatus).toBe("InService");
    expect(await refusals(applied.localAws)).toEqual([]);
  });
});
