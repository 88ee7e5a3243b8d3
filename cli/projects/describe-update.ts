import { tableOf } from "../table";
import type { ParameterChange, PlannedUpdate } from "./plan-update";

/** What an update changes, before it does. */
export function describeUpdate(project: string, plan: PlannedUpdate): string {
  const { template, from, to, guidance, resources, parameters, others } = plan;
  const version = from === to ? `version ${to} anew` : `version ${from} to ${to}`;
  const rows = resources.map(({ action, logicalId, type, differing, condition }) => [
    action,
    logicalId,
    type,
    [differing.join(", "), condition === undefined ? "" : `(where ${condition})`].filter(Boolean).join(" "),
  ]);
  return [
    `${project}: template ${template}, ${version}${guidance === "DEPRECATED" ? ", which is deprecated" : ""}`,
    ...tableOf([...rows, ...parameters.map(parameterRow)]),
    ...(others.length > 0 ? [`also different: ${others.join(", ")}`] : []),
    ...(resources.some(({ type }) => type === "Custom::SeededRepository")
      ? [`Repositories stay as they are: new code comes on a branch seed/${to} of each, to merge or not`]
      : []),
  ].join("\n");
}

const parameterRow = ({ name, from, to }: ParameterChange): string[] => [
  "parameter",
  name,
  from === undefined ? "" : JSON.stringify(from),
  to === undefined ? "goes" : `becomes ${JSON.stringify(to)}`,
];
