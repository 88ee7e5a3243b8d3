import { toneOf, statusText } from "../status";
import { pipelineGraph } from "../svg/pipeline-graph";
import { statusIcon } from "../svg/status-icon";
import { duration } from "../text/format";
import { markup, type Markup } from "../text/markup";
import type { ExecutionReport } from "../types";
import { breakpointClass } from "./breakpoints";
import { missing, section, type Absent } from "./section";
import { stepsTable } from "./steps";

/** Every execution: its graph, why it failed, and what it was started with. */
export async function executionsSection(
  executions: readonly ExecutionReport[],
  absent: Absent,
): Promise<Markup> {
  const note =
    "Each step waits for those whose arrows lead to it; arrows that others imply are left out. " +
    "Steps that were never reached are dashed.";
  const props = { id: "executions", title: "Pipeline executions" };
  if (executions.length === 0) return section(props, absent("No pipeline execution was started"));
  return section(
    { ...props, note },
    await Promise.all(executions.map((each, at) => executionArticle(`execution-${at + 1}`, each))),
  );
}

/** One execution. @param id of its own in the page */
export async function executionArticle(id: string, execution: ExecutionReport): Promise<Markup> {
  const { title, status, seconds, failureReason } = execution;
  const state = toneOf(status);
  return markup`<article id="${id}" class="execution ${state}" aria-labelledby="${id}-heading">
<h3 id="${id}-heading">${statusIcon(state)}<span>${title}</span> <span class="outcome">${statusText(status)} in ${duration(seconds)}</span></h3>
${origin(execution)}
${failureReason !== undefined && markup`<p class="reason"><strong>Failure reason:</strong> ${failureReason}</p>`}
${failedSteps(execution)}
${await graphs(id, execution)}
${facts(execution)}
</article>
`;
}

const origin = ({ environment, account, pipeline, startedBy }: ExecutionReport): Markup =>
  markup`<p class="origin"><span class="term">${pipeline}</span> in ${environment} (${account}), started by ${startedBy}</p>`;

const failedSteps = ({ steps, failureReason: described }: ExecutionReport): Markup[] =>
  steps.flatMap(({ name, failureReason }) =>
    failureReason === undefined || failureReason === described
      ? []
      : [markup`<p class="reason"><strong>${name} failed:</strong> ${failureReason}</p>`],
  );

/** The graph twice: from left to right where there is room, else from top to bottom. */
async function graphs(id: string, { title, steps }: ExecutionReport): Promise<Markup> {
  if (steps.length === 0) return missing("No step of it is known.");
  const props = { title: `Steps of: ${title}`, steps };
  const across = await pipelineGraph({ ...props, id: `${id}-across`, direction: "LR" });
  const down = await pipelineGraph({ ...props, id: `${id}-down`, direction: "TB" });
  const scrolls = down.shrinks
    ? undefined
    : markup` tabindex="0" role="region" aria-label="${props.title}, can be scrolled"`;
  return markup`<div class="graphs ${breakpointClass(across.width)}">
<div class="across">${across.svg}</div>
<div class="down"${scrolls}>${down.svg}</div>
</div>`;
}

function facts({ parameters, executionArn, steps }: ExecutionReport): Markup {
  const given = Object.entries(parameters).map(
    ([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`,
  );
  const list = given.length > 0 ? markup`<dl class="parameters">${given}</dl>` : "every one at its default";
  return markup`<div class="facts">
<h4>Parameters</h4>
<div>${list}</div>
<h4>Execution</h4>
<div class="term">${executionArn}</div>
</div>
${steps.length > 0 && stepsTable(steps)}`;
}
