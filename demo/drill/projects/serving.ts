import { describeEndpoint } from "../../../operate/endpoints";
import { areaUnderRoc } from "../../../operate/roc";
import { scoreAll, scoreRows, scoringAtOnce } from "../../../operate/scoring";
import { textAt } from "../accounts";
import { assertThat } from "../stage";
import type { RegisteredVersion } from "./build";
import type { Project, ProjectsAct } from "./context";

/** Invocations of one row each, for their latencies. */
const singleInvocations = 60;
/** What CI has rounded nothing of, and two programs add up in orders of their own. */
const tolerance = 1e-6;

/** What serves in production must score the rows that training held out as it did when the version was registered. */
export async function askProduction(
  act: ProjectsAct,
  { report }: Project,
  version: RegisteredVersion,
): Promise<void> {
  const { sagemaker, runtime, s3 } = act.clients;
  const endpoint = `${report.name}-${report.id}-production`;
  await act.stages.run(`${endpoint} predicts as the version was registered`, async () => {
    const status = (await describeEndpoint(sagemaker, endpoint))?.EndpointStatus ?? "not there";
    assertThat(status === "InService", `${endpoint} is ${status}`);
    const rows = linesOf(await textAt(s3, `${version.heldOut}/features.csv`));
    const truth = linesOf(await textAt(s3, `${version.heldOut}/truth.csv`)).map(Number);
    const { scores } = await scoreAll(scoringAtOnce(runtime, endpoint), rows);
    const auc = areaUnderRoc(truth, scores);
    const difference = Math.abs(auc - version.auc);
    assertThat(difference < tolerance, `AUC ${auc}; the version was registered with ${version.auc}`);
    const milliseconds: number[] = [];
    for (const row of rows.slice(0, singleInvocations))
      milliseconds.push((await scoreRows(runtime, endpoint, [row])).milliseconds);
    report.production = { endpoint, rows: rows.length, auc, milliseconds };
    const [first = Number.NaN] = scores;
    return {
      verdict: `AUC ${auc.toFixed(4)} over ${rows.length} held-out rows; the first scores ${first.toFixed(4)}`,
      result: undefined,
    };
  });
}

const linesOf = (text: string): string[] => text.split(/\r?\n/).filter((line) => line.trim() !== "");
