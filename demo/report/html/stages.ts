import { toneOf } from "../status";
import { statusIcon } from "../svg/status-icon";
import { timeline } from "../svg/timeline";
import { duration } from "../text/format";
import { markup, type Markup } from "../text/markup";
import type { DrillStage } from "../types";
import { section, type Absent } from "./section";
import { table } from "./table";

/** The stages as a waterfall over the drill's time. */
export function stagesSection(stages: readonly DrillStage[], absent: Absent): Markup {
  const props = { id: "stages", title: "Stages" };
  if (stages.length === 0) return section(props, absent("No stage was begun"));
  const { axis, bar } = timeline(
    stages.map(({ status, startedAfter, seconds }) => ({
      tone: toneOf(status),
      begin: startedAfter,
      seconds,
    })),
  );
  const rows = stages.map((stage) => [
    title(stage),
    duration(stage.seconds),
    [
      bar({ tone: toneOf(stage.status), begin: stage.startedAfter, seconds: stage.seconds }),
      markup`<span class="unseen">begins at ${duration(stage.startedAfter)}</span>`,
    ],
  ]);
  const columns = [
    { title: "Stage and what was found", className: "stage" },
    { title: "Time", className: "figure" },
    { title: "Begin", head: [markup`<span class="unseen">Begin</span>`, axis], className: "when" },
  ];
  return section(props, table({ caption: "Stages of the drill", columns, rows, className: "waterfall" }));
}

const title = ({ name, status, verdict }: DrillStage): Markup =>
  markup`<div class="${toneOf(status)}">${statusIcon(toneOf(status))}<span class="name">${name}<span class="unseen"> (${status}):</span></span> <span class="found">${verdict}</span></div>`;
