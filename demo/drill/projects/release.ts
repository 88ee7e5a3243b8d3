import { setApproval } from "../../../operate/model-packages";
import { maintainer } from "../../git-server";
import { assertThat } from "../stage";
import type { RegisteredVersion } from "./build";
import { followPipeline } from "./ci";
import { keepStep, type Project, type ProjectsAct } from "./context";
import { planIn, stagingTestIn } from "./traces";

/**
 * The approval's event must start the deploy repository's CI, once, which brings that version to staging and tests it there.
 * @returns what is planned for production, in words
 */
export async function releaseToStaging(
  act: ProjectsAct,
  project: Project,
  version: RegisteredVersion,
): Promise<string> {
  const { stages, clients, git } = act;
  const { deploy: repository, report, askedAt } = project;
  return stages.run(`The approval lets CI of ${repository} deploy to staging and test`, async () => {
    const approvedAt = Date.now();
    await setApproval(clients.sagemaker, version.arn, "Approved", { by: "the drill of projects" });
    const { pipeline, traceOf } = await followPipeline(act, project, {
      ...{ repository, source: "api", until: "manual" },
    });
    const asked = (await git.as("platform").pipelines(repository)).filter(({ source }) => source === "api");
    assertThat(asked.length === 1, `One approval started ${asked.length} pipelines`);
    const seconds = (Date.parse(pipeline.created_at) - approvedAt) / 1000;
    const startedAfter = (approvedAt - askedAt) / 1000;
    const step = { name: "Start the deployment", by: "Event, rule, function", status: "passed" as const };
    keepStep(project, { ...step, startedAfter, seconds });
    const trace = await traceOf("test-staging");
    const { rows, auc, registered } = stagingTestIn(trace);
    report.staging = { rows, auc };
    const verdict = `AUC ${auc.toFixed(4)} by invocations over ${rows} held-out rows, registered with ${registered.toFixed(4)}`;
    return { verdict: `${verdict}; begun ${seconds.toFixed(1)} s after the approval`, result: planIn(trace) };
  });
}

/** Nothing goes to production until a person who may starts the job. @param plan that the person reads */
export async function releaseToProduction(act: ProjectsAct, project: Project, plan: string): Promise<void> {
  const { stages, git } = act;
  const { deploy: repository, report } = project;
  await stages.run(`A person lets it into production`, async () => {
    const api = git.as(maintainer);
    const [pipeline] = await api.pipelines(repository);
    const jobs = pipeline ? await api.jobs(repository, pipeline.id) : [];
    const waiting = jobs.find(({ name, status }) => name === "production" && status === "manual");
    assertThat(waiting !== undefined, `No job of ${repository} waits for a person`);
    await api.play(repository, waiting.id);
    report.question = { text: plan, answeredBy: maintainer };
    const ended = await followPipeline(act, project, { repository, source: "api", until: "success" });
    const by = ended.jobs.find(({ name }) => name === "production")?.user.username ?? "nobody";
    assertThat(by === maintainer, `It was ${by} who started production`);
    return { verdict: `${by} has started production, which serves`, result: undefined };
  });
}
