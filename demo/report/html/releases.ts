import { latencyHistogram } from "../svg/latency-histogram";
import { timeline } from "../svg/timeline";
import { area, count, duration, plural } from "../text/format";
import { markup, type Markup } from "../text/markup";
import type { ReleasedEnvironment, ReleaseReport } from "../types";
import { section, type Absent } from "./section";
import { table } from "./table";

/** From an approved version to what serves it: who did what when, and how it serves. */
export function releasesSection(releases: readonly ReleaseReport[], absent: Absent): Markup {
  const props = { id: "releases", title: "Releases" };
  if (releases.length === 0) return section(props, absent("No version was released"));
  const note =
    "The approval is an event, which a function turns into one build of the CI server's deploy job. The job's own shell lines ran, as that server's role.";
  return section({ ...props, note }, releases.map(release));
}

const release = (report: ReleaseReport, at: number): Markup => markup`<figure class="release">
<figcaption><strong>Version ${report.version}</strong> by ${report.build}, asked for by ${report.askedBy}</figcaption>
${environments(report)}
${steps(report)}
${report.served && served(report.served, at)}
<p class="gaps term">${report.modelPackageArn}</p>
</figure>
`;

function environments({ version, environments: released }: ReleaseReport): Markup {
  const rows = released.map((each) => [
    each.environment,
    each.before === undefined ? "nothing" : `version ${each.before}`,
    `version ${each.version}`,
    each.approvedBy ?? "nobody has to",
    tested(each),
  ]);
  const columns = [
    { title: "Account" },
    { title: "Served before" },
    { title: "Serves now" },
    { title: "Approved by" },
    { title: "AUC by invocations (as registered)", className: "figure" },
  ];
  const caption = `Accounts that version ${version} was released to`;
  return table({ caption, columns, rows, className: "plain compact" });
}

const tested = ({ test: { rows, auc, recordedAuc } }: ReleasedEnvironment): string =>
  `${area(auc)} (${area(recordedAuc)}), ${plural(rows, "row")}`;

function steps({ version, steps: all }: ReleaseReport): Markup {
  const stretches = all.map(({ startedAfter, seconds }) => ({
    tone: "good" as const,
    begin: startedAfter,
    seconds,
  }));
  const { axis, bar } = timeline(stretches);
  const rows = all.map(({ name, seconds }, at) => [
    name,
    duration(seconds),
    stretches[at] && bar(stretches[at]),
  ]);
  const columns = [
    { title: "Step", className: "stage" },
    { title: "Time", className: "figure" },
    {
      title: "Since the approval",
      head: [markup`<span class="unseen">Since the approval</span>`, axis],
      className: "when",
    },
  ];
  return table({ caption: `Release of version ${version}`, columns, rows, className: "waterfall" });
}

const served = (
  { environment, equalRows, milliseconds }: NonNullable<ReleaseReport["served"]>,
  at: number,
): Markup => markup`<p>All ${count(equalRows)} rows of the batch score in ${environment} as in batch transform, digit for digit. ${plural(milliseconds.length, "invocation")} of one row took:</p>
${latencyHistogram(`latency-${at + 1}`, milliseconds)}`;
