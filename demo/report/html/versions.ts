import { toneOf, statusText } from "../status";
import { axisOf, intervalPlot } from "../svg/interval-plot";
import { rocCurve } from "../svg/roc-curve";
import { statusIcon } from "../svg/status-icon";
import { count, interval } from "../text/format";
import { markup, type Markup } from "../text/markup";
import type { ModelVersionReport } from "../types";
import { missing, section, type Absent } from "./section";
import { table } from "./table";

/** The registered versions, their AUCs on one axis and a ROC curve for each. */
export function versionsSection(versions: readonly ModelVersionReport[], absent: Absent): Markup {
  const props = { id: "versions", title: "Model versions" };
  if (versions.length === 0) return section(props, absent("No model version was registered"));
  const note =
    "Each is measured on its own test set, a share of its rows that training did not see. " +
    "Intervals are 95 % (DeLong)." +
    (versions.length > 1 ? " The other versions' curves are drawn faintly." : "");
  return section({ ...props, note }, [
    comparison(versions),
    markup`<div class="panels">${versions.map((version, at) => panel(version, at, versions))}</div>`,
  ]);
}

function comparison(versions: readonly ModelVersionReport[]): Markup {
  const axis = axisOf(versions.map(({ auc }) => auc));
  const rows = versions.map((version) => [
    `Version ${version.version}`,
    interval(version.auc),
    intervalPlot(version.auc, axis),
    count(version.rows),
    version.trainedIn,
    approval(version),
  ]);
  const columns = [
    { title: "Version" },
    { title: "AUC (95 % interval)", className: "figure" },
    { title: "", head: markup`<span class="unseen">AUC as a plot</span>`, className: "plot" },
    { title: "Rows", className: "figure" },
    { title: "Trained in" },
    { title: "Approval" },
  ];
  return table({ caption: "Model versions", columns, rows, className: "plain compact" });
}

const approval = ({ approvalStatus }: ModelVersionReport): Markup =>
  markup`${statusIcon(toneOf(approvalStatus))}${statusText(approvalStatus)}`;

function panel(version: ModelVersionReport, at: number, all: readonly ModelVersionReport[]): Markup {
  const others = all.filter((other) => other !== version);
  const curve = rocCurve({ id: `roc-${at + 1}`, version, others });
  return markup`<figure>
<figcaption><strong>Version ${version.version}</strong> AUC ${interval(version.auc)}</figcaption>
${version.curve.length > 0 ? curve : missing("Its ROC curve is not known.")}
<p class="gaps term">${version.modelPackageArn}</p>
</figure>
`;
}
