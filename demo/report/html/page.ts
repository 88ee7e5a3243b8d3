import { markup } from "../text/markup";
import type { DrillReport } from "../types";
import { alertsSection } from "./alerts";
import { driftSection } from "./drift";
import { accountNames } from "./environments";
import { executionsSection } from "./executions";
import { groundTruthsSection } from "./ground-truths";
import { projectsSection } from "./projects";
import { releasesSection } from "./releases";
import { rolesSection } from "./roles";
import { absenceIn } from "./section";
import { stacksSection } from "./stacks";
import { stagesSection } from "./stages";
import { styles } from "./styles";
import { headline, verdict } from "./verdict";
import { versionsSection } from "./versions";
import { workflowsSection } from "./workflows";

/** Nothing but the page's own styles: no script, font or picture from anywhere. */
const policy = "default-src 'none'; style-src 'unsafe-inline'";

const contents: readonly (readonly [id: string, title: string])[] = [
  ["stages", "Stages"],
  ["executions", "Executions"],
  ["versions", "Model versions"],
  ["drift", "Drift"],
  ["alerts", "Alerts"],
  ["releases", "Releases"],
  ["workflows", "Workflows"],
  ["ground-truth", "Ground truth"],
  ["projects", "Projects"],
  ["roles", "Roles"],
  ["stacks", "Stacks"],
];

/** The whole report as one HTML file. The same report gives the same text. */
export async function page(report: DrillReport): Promise<string> {
  const nameOf = accountNames(report);
  const absent = absenceIn(report);
  const workflows = await workflowsSection(report.workflows);
  const groundTruths = await groundTruthsSection(report.groundTruths);
  const projects = await projectsSection(report.projects);
  const optional = new Map([
    ["workflows", workflows],
    ["ground-truth", groundTruths],
    ["projects", projects],
  ]);
  const listed = contents.filter(([id]) => !optional.has(id) || optional.get(id) !== undefined);
  const body = markup`${verdict(report)}
<nav aria-label="Contents"><ul>${listed.map(([id, title]) => markup`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
<main>
${stagesSection(report.stages, absent)}
${await executionsSection(report.executions, absent)}
${versionsSection(report.versions, absent)}
${driftSection(report.drift, absent)}
${alertsSection(report.alerts, absent)}
${releasesSection(report.releases, absent)}
${workflows}
${groundTruths}
${projects}
${rolesSection(report.roles, nameOf, absent)}
${stacksSection(report.stacks, nameOf, absent)}
</main>
${footer}`;
  return `<!doctype html>\n${
    markup`<html lang="en">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="color-scheme" content="light dark"/>
<meta http-equiv="Content-Security-Policy" content="${policy}"/>
<title>Data drift drill: ${headline(report)}</title>
<style>
${styles()}
</style>
</head>
<body>
${body}
</body>
</html>
`.text
  }`;
}

const footer = markup`<footer>
<p>Pipelines, scripts, training and monitoring ran on one machine against local AWS: times are that machine's, not SageMaker's. The same report as data: <a href="drill-report.json">drill-report.json</a>.</p>
</footer>`;
