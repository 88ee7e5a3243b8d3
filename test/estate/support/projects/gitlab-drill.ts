import { Gitlab } from "@gitbeaker/rest";
import { SageMakerClient, UpdateModelPackageCommand } from "@aws-sdk/client-sagemaker";
import { until } from "../../../support/until";
import { aucOf, heldOutOf, scoresOf } from "./held-out";
import { longestDrill, type Stage } from "./stage";

type Api = InstanceType<typeof Gitlab>;

/** Jobs of a project's last pipeline that somebody or something started, and what they printed. */
async function lastJobs(
  api: Api,
  project: string,
): Promise<{
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

/** Template `gitlab`, by the command line. */
export function drillGitlab(stage: () => Stage): void {
  test(
    "a project of GitLab's template: repositories, a version, its approval, staging, a person, production",
    async () => {
      const { gitlab, gitlabToken, access } = stage();
      const api = new Gitlab({ host: gitlab.url, token: gitlabToken });
      const { id } = await stage().create("churn", "gitlab", {
        GitLabGroup: "ml",
        ModelBuildCodeRepositoryName: "churn-build",
        ModelDeployCodeRepositoryName: "churn-deploy",
      });
      await gitlab.idle();
      const version = `arn:aws:sagemaker:us-east-1:111111111111:model-package/churn-${id}/1`;
      const built = await lastJobs(api, "ml/churn-build");
      expect([outcomes(built), built.printed]).toEqual([
        ["build success", "verify success"],
        expect.stringContaining(version),
      ]);
      const sagemaker = new SageMakerClient(access);
      await sagemaker.send(
        new UpdateModelPackageCommand({ ModelPackageArn: version, ModelApprovalStatus: "Approved" }),
      );
      await until("the approval has started the deployment", async () => {
        const { jobs } = await lastJobs(api, "ml/churn-deploy");
        return jobs.some(({ status }) => status !== "skipped") ? true : undefined;
      });
      await gitlab.idle();
      const deployed = await lastJobs(api, "ml/churn-deploy");
      expect([outcomes(deployed), deployed.printed]).toEqual([
        ["production manual", "release success", "staging success", "test-staging success", "verify success"],
        expect.anything(),
      ]);
      const waiting = deployed.jobs.find(({ name }) => name === "production");
      await api.Jobs.play("ml/churn-deploy", waiting?.id ?? 0);
      await gitlab.idle();
      const ended = await lastJobs(api, "ml/churn-deploy");
      expect([outcomes(ended), ended.printed]).toEqual([
        [
          "production success",
          "release success",
          "staging success",
          "test-staging success",
          "verify success",
        ],
        expect.anything(),
      ]);
      const heldOut = await heldOutOf(access, version);
      expect(aucOf(heldOut, await scoresOf(access, `churn-${id}-production`, heldOut))).toBeGreaterThan(0.95);
    },
    longestDrill,
  );
}
