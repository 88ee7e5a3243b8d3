import { statusText } from "../status";
import { pipelineGraph } from "../svg/pipeline-graph";
import { count, duration, plural } from "../text/format";
import { markup, type Markup } from "../text/markup";
import type { StepReport } from "../types";
import type { WorkflowReport, WorkflowRunReport } from "../workflow-types";
import { section } from "./section";
import { table } from "./table";

/** What a person decided: each state machine with the times and outcomes of its runs. Nothing, where no estate has one. */
export async function workflowsSection(workflows: readonly WorkflowReport[]): Promise<Markup | undefined> {
  if (workflows.length === 0) return undefined;
  const note =
    "The commit's image starts a run, which trains in it and asks a person. The graph shows the run that was approved; states that it never came to are dashed. " +
    "Every task leads to Failed, too, where it fails of anything else; these arrows are left out. Waits take a sixtieth of their time here.";
  return section({ id: "workflows", title: "Workflows", note }, await Promise.all(workflows.map(workflow)));
}

async function workflow(report: WorkflowReport, at: number): Promise<Markup> {
  const { model, environment, account, stateMachine, commit, digest, served } = report;
  const id = `workflow-${at + 1}`;
  return markup`<article id="${id}" class="execution good" aria-labelledby="${id}-heading">
<h3 id="${id}-heading">From a commit of ${model} to what serves</h3>
<p class="origin"><span class="term">${stateMachine}</span> in ${environment} (${account}), started by the image of commit <span class="term">${commit.slice(0, 8)}</span></p>
<p class="gaps term">${digest}</p>
${await graph(id, report)}
${runsTable(report.runs)}
${statesTable(report)}
${served && markup`<p>The API at <span class="term">${served.url}</span> scores all ${count(served.rows)} held-out rows as batch transform did, digit for digit.</p>`}
</article>
`;
}

async function graph(id: string, { graph: { states, links }, runs: [run] }: WorkflowReport): Promise<Markup> {
  const steps: StepReport[] = states.map(({ name, kind }) => {
    const visited = run?.states.find((state) => state.name === name);
    return {
      ...{ name, kind, after: links.flatMap(({ from, to }) => (to === name ? [from] : [])) },
      status: visited?.status ?? "NotExecuted",
      ...(visited && { seconds: visited.seconds }),
    };
  });
  const title = `States of: ${run?.title ?? "no run"}`;
  const down = await pipelineGraph({ id: `${id}-down`, title, steps, links, direction: "TB" });
  return markup`<div class="graphs">
<div class="down" tabindex="0" role="region" aria-label="${title}, can be scrolled">${down.svg}</div>
</div>`;
}

function runsTable(runs: readonly WorkflowRunReport[]): Markup {
  const rows = runs.map(({ title, status, end, reason, seconds, told }) => [
    title,
    `${statusText(status.toLowerCase())}${end === undefined ? "" : `: ${end}`}`,
    duration(seconds),
    reason ?? "",
    told.split("\n")[0] ?? "",
  ]);
  const columns = [
    { title: "Run" },
    { title: "End" },
    { title: "Time", className: "figure" },
    { title: "Reason" },
    { title: "Told" },
  ];
  return table({ caption: "Runs of the workflow", columns, rows, className: "plain compact" });
}

function statesTable({ graph: { states }, runs }: WorkflowReport): Markup {
  const rows = states.map(({ name, kind }) => [name, kind, ...runs.map((run) => outcome(run, name))]);
  const columns = [
    { title: "State" },
    { title: "Kind" },
    ...runs.map(({ title }) => ({ title, className: "figure" })),
  ];
  return markup`<details><summary>States of each run as a table</summary>
${table({ caption: "Time and outcome of each state, by run", columns, rows })}</details>`;
}

function outcome({ states }: WorkflowRunReport, name: string): string {
  const state = states.find((each) => each.name === name);
  if (!state) return "not reached";
  const times = state.visits > 1 ? ` in ${plural(state.visits, "visit")}` : "";
  return `${state.status === "Failed" ? "failed, " : ""}${duration(state.seconds)}${times}`;
}
