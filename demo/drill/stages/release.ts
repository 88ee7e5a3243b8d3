import type { WorkloadEnvironment } from "../../../config/schema";
import { endpointNames } from "../../../core/naming";
import { scoreRows } from "../../../operate/scoring";
import type { CiServer, ReleaseBuild } from "../../ci-server";
import type { ModelVersionReport, ReleaseReport } from "../../report/types";
import { clientsOf, textAt, textsBelow } from "../accounts";
import type { DrillContext } from "../context";
import { releaseReport, releasedBy } from "../release-report";
import { assertThat } from "../stage";
import { waitFor } from "../wait";
import { batchUri } from "./inference";

/** At most, of the build and of each environment that it releases to: Terraform runs beside the drill, on whatever machine this is. */
const seconds = 600;
/** Invocations of one row each, for their latencies. */
const singleInvocations = 60;

/**
 * The approval must have made the CI server build once, and its deploy job lead that version to all that serves, in order.
 * @returns undefined where nobody is asked
 */
export async function releaseByCi(
  drill: DrillContext,
  version: ModelVersionReport,
): Promise<ReleaseReport | undefined> {
  const { ci, serving, results } = drill;
  if (!ci || serving.length === 0) return undefined;
  const approvedAt = Date.now();
  const build = await askedBuild(drill, ci, version);
  for (const environment of serving) await release(drill, build, environment);
  const report = releaseReport(build, { version, approvedAt, serving });
  results.releases.push(report);
  return report;
}

const askedBuild = (drill: DrillContext, ci: CiServer, { version, modelPackageArn }: ModelVersionReport) =>
  drill.stages.run(`The approval makes Jenkins build version ${version}`, async () => {
    const asked = () => Promise.resolve(ci.buildsOf(modelPackageArn)[0]);
    const result = await waitFor("A build", asked, { seconds, signal: drill.signal });
    const { job, number, by } = result.build;
    return { verdict: `${job.name} #${number}, asked for by ${by}, with this version's ARN`, result };
  });

/** Follows the deploy job to an environment's end. */
async function release(drill: DrillContext, build: ReleaseBuild, { name }: WorkloadEnvironment) {
  const { stages, signal } = drill;
  await stages.run(`Jenkins releases to ${name}`, async () => {
    const ended = () => {
      const failed = build.lines.find(
        ({ exitCode, line }) => exitCode !== 0 && !line.includes("endpoints plan"),
      );
      assertThat(!failed, `${failed?.line ?? ""}\n${failed?.output ?? ""}`);
      assertThat(build.build.result !== "FAILURE", build.lines.at(-1)?.output ?? "the build failed");
      return Promise.resolve(releasedBy(build, name));
    };
    const { before, version, approvedBy, test } = await waitFor("The release", ended, { seconds, signal });
    const by = approvedBy === undefined ? "" : `, approved by ${approvedBy}`;
    const verdict =
      `version ${version} serves${by}; before: ${before === undefined ? "nothing" : `version ${before}`}; ` +
      `AUC ${test.auc.toFixed(4)} over ${test.rows} held-out rows`;
    return { verdict, result: undefined };
  });
}

/** One release goes after the other: whatever is approved meanwhile waits, and once. */
export async function waitsInQueue(
  { ci, serving, stages, signal }: DrillContext,
  version: ModelVersionReport,
) {
  if (!ci || serving.length === 0) return;
  await stages.run(`Version ${version.version} waits in Jenkins' queue`, async () => {
    const queued = () => Promise.resolve(ci.hasQueued(version.modelPackageArn) || undefined);
    await waitFor("A build in the queue", queued, { seconds, signal });
    return { verdict: "its approval asked for a build of its own", result: undefined };
  });
}

/** What serves must score each row of the batch as batch transform did, to the last digit. */
export async function compareWithBatch(
  drill: DrillContext,
  report: ReleaseReport,
  predictions: string,
): Promise<void> {
  const { estate, participants, production, stages, results } = drill;
  const last = drill.serving.at(-1);
  if (!last) return;
  await stages.run(`What serves in ${last.name} scores as batch transform did`, async () => {
    const { runtime } = await clientsOf(estate, last);
    const { endpoint } = endpointNames(estate.shared.project, participants.model.name);
    const rows = linesOf(await textAt(production.clients.s3, batchUri(drill, "clean")));
    const batch = linesOf((await textsBelow(production.clients.s3, predictions)).join("\n")).map(Number);
    const { scores } = await scoreRows(runtime, endpoint, rows);
    const equalRows = scores.filter((score, at) => score === batch[at]).length;
    assertThat(
      equalRows === rows.length && batch.length === rows.length,
      `${equalRows} of ${rows.length} rows score as in batch transform, which scored ${batch.length}`,
    );
    const milliseconds: number[] = [];
    for (const row of rows.slice(0, singleInvocations))
      milliseconds.push((await scoreRows(runtime, endpoint, [row])).milliseconds);
    results.releases[results.releases.indexOf(report)] = {
      ...report,
      served: { environment: last.name, equalRows, milliseconds },
    };
    return { verdict: `all ${equalRows} rows, digit for digit`, result: undefined };
  });
}

const linesOf = (text: string): string[] => text.split(/\r?\n/).filter((line) => line.trim() !== "");
