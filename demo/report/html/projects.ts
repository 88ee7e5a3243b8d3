import { latencyHistogram } from "../svg/latency-histogram";
import { timeline } from "../svg/timeline";
import { toneOf } from "../status";
import { area, duration, plural } from "../text/format";
import { markup, type Markup } from "../text/markup";
import type { ProjectReport } from "../project-types";
import { executionArticle } from "./executions";
import { section } from "./section";
import { table } from "./table";

/** From a template to what serves: who did what when, and how good it was wherever it was measured. Nothing, where no project was made. */
export async function projectsSection(projects: readonly ProjectReport[]): Promise<Markup | undefined> {
  if (projects.length === 0) return undefined;
  const note =
    "A template makes the project's roles and group, and seeds its repositories. From there on their own CI works, by the CI files that were seeded, " +
    "as the project's CI role.";
  const props = { id: "projects", title: "Projects", note };
  return section(props, await Promise.all(projects.map(project)));
}

async function project(report: ProjectReport, at: number): Promise<Markup> {
  const { name, id: projectId, template, environment, account, executions, question, production } = report;
  const id = `project-${at + 1}`;
  return markup`<figure class="release">
<figcaption><strong>${name}</strong> (${projectId}) of template ${template} in ${environment} (${account})</figcaption>
${made(report)}
${steps(report)}
${measured(report)}
${question && asked(question)}
${production && served(production, `${id}-latency`)}
<p class="gaps term">${report.version?.modelPackageArn}</p>
</figure>
${await Promise.all(executions.map((execution, index) => executionArticle(`${id}-execution-${index + 1}`, execution)))}`;
}

function made({ resources, repositories }: ProjectReport): Markup {
  const rows = [
    ...repositories.map(({ path, commit }) => [path, "repository", `seeded by commit ${commit.slice(0, 8)}`]),
    ...Object.entries(resources).map(([type, number]) => [type, "resource", number]),
  ];
  const columns = [{ title: "What was made" }, { title: "Kind" }, { title: "Number, or commit" }];
  return table({ caption: "What the project was made of", columns, rows, className: "plain compact" });
}

function steps({ name, steps: all }: ProjectReport): Markup {
  const stretches = all.map(({ status, startedAfter, seconds }) => ({
    ...{ tone: toneOf(status), begin: startedAfter, seconds },
  }));
  const { axis, bar } = timeline(stretches);
  const rows = all.map((step, at) => [
    markup`${step.name} <span class="where">${step.by}</span>`,
    duration(step.seconds),
    stretches[at] && bar(stretches[at]),
  ]);
  const columns = [
    { title: "Step", className: "stage" },
    { title: "Time", className: "figure" },
    {
      title: "Since it was asked for",
      head: [markup`<span class="unseen">Since it was asked for</span>`, axis],
      className: "when",
    },
  ];
  return table({ caption: `Steps of ${name}`, columns, rows, className: "waterfall" });
}

function measured({ version, staging, production }: ProjectReport): Markup | undefined {
  if (!version) return undefined;
  const rows = [
    [`Version ${version.number}, as registered`, area(version.auc), ""],
    ...(staging ? [["Staging, by its own test", area(staging.auc), plural(staging.rows, "row")]] : []),
    ...(production
      ? [["Production, by the drill", area(production.auc), plural(production.rows, "row")]]
      : []),
  ];
  const columns = [
    { title: "Where it was measured" },
    { title: "AUC", className: "figure" },
    { title: "Held-out rows, by invocations", className: "figure" },
  ];
  return table({ caption: "How good the version is", columns, rows, className: "plain compact" });
}

const asked = ({
  text,
  answeredBy,
}: NonNullable<ProjectReport["question"]>): Markup => markup`<figure class="alert">
<figcaption><strong>${answeredBy}</strong> let it into production, and had read</figcaption>
<pre>${text}</pre>
</figure>
`;

const served = (
  { endpoint, milliseconds }: NonNullable<ProjectReport["production"]>,
  id: string,
): Markup => markup`<p>${plural(milliseconds.length, "invocation")} of <span class="term">${endpoint}</span> by one row took:</p>
${latencyHistogram(id, milliseconds)}`;
