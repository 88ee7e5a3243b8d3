import { describeVersion, listVersions } from "../../../operate/model-packages";
import { textAt } from "../accounts";
import { watch } from "../context";
import { executionsOf, reasonOf } from "../executions";
import { assertThat } from "../stage";
import { followPipeline } from "./ci";
import { actSeconds, type Project, type ProjectsAct } from "./context";

/** A version of a project, and what it takes to score with it. */
export interface RegisteredVersion {
  readonly arn: string;
  /** Folder in S3 with `features.csv` and `truth.csv`. */
  readonly heldOut: string;
  readonly auc: number;
}

/** The seed of the build repository starts its CI, which tests the code, runs its pipeline in SageMaker, and registers a version. */
export async function buildVersion(act: ProjectsAct, project: Project): Promise<RegisteredVersion> {
  return act.stages.run(`CI of ${project.build} tests, trains and registers`, async () => {
    await followPipeline(act, project, { repository: project.build, source: "push", until: "success" });
    await keepExecution(act, project);
    const version = await registered(act, project);
    const { number, auc } = project.report.version ?? { number: 0, auc: 0 };
    return { verdict: `version ${number} of ${project.group}, AUC ${auc.toFixed(4)}`, result: version };
  });
}

async function keepExecution(act: ProjectsAct, { report, build }: Project): Promise<void> {
  const { clients, participants, say, signal } = act;
  const pipeline = `${report.name}-${report.id}-build`;
  const [arn] = await executionsOf(clients.sagemaker, pipeline);
  assertThat(arn !== undefined, `CI has started no execution of ${pipeline}`);
  const caption = { title: `Training by ${build}`, pipeline, startedBy: `CI of ${build}` };
  const of = { results: report, say, signal, seconds: actSeconds };
  const ended = await watch(of, { clients, environment: participants.environment }, caption, arn);
  assertThat(ended.status === "Succeeded", `Training ended as ${ended.status}: ${reasonOf(ended)}`);
}

interface Evaluation {
  readonly binary_classification_metrics: { readonly auc: { readonly value: number } };
}

async function registered(
  { clients: { sagemaker, s3 } }: ProjectsAct,
  { group, report }: Project,
): Promise<RegisteredVersion> {
  const versions = await listVersions(sagemaker, group);
  const arn = versions[0]?.ModelPackageArn;
  assertThat(
    arn !== undefined && versions.length === 1,
    `CI registered ${versions.length} versions in ${group}`,
  );
  const described = await describeVersion(sagemaker, arn);
  const heldOut = described.CustomerMetadataProperties?.HeldOutRows;
  const uri = described.ModelMetrics?.ModelQuality?.Statistics?.S3Uri;
  assertThat(
    heldOut !== undefined && uri !== undefined,
    `${arn} does not say how it was measured, and on what`,
  );
  const { binary_classification_metrics: metrics } = JSON.parse(await textAt(s3, uri)) as Evaluation;
  const auc = metrics.auc.value;
  report.version = { number: described.ModelPackageVersion ?? 0, modelPackageArn: arn, auc };
  return { arn, heldOut, auc };
}
