import { lookUpStatements } from "../../permissions";
import { textOf, type RenderedStep } from "../json";
import type { DerivedKind } from "../kind";
import { reads, valuesOf, type Use } from "../uses";
import { processingMachines, processingStatements, processingUses } from "./processing";

/** Model Monitor's analyzer over a dataset, compared with a baseline: a processing job, and the look-up of a baseline. */
export const qualityCheck: DerivedKind = {
  permissions: (step, scope) => {
    const group = textOf(step.ModelPackageGroupName);
    return [
      ...processingStatements(step, scope, usesOf(step)),
      ...(group === undefined ? [] : lookUpStatements(group)),
    ];
  },
  uses: usesOf,
  reports: (step) => valuesOf(processingUses(step), "write"),
  machines: processingMachines,
};

function usesOf(step: RenderedStep): Use[] {
  const baseline = (key: string) => ({ [key]: step[key] ?? null });
  const given = ["SuppliedBaselineStatistics", "SuppliedBaselineConstraints"];
  return [...processingUses(step), ...given.map((key) => reads(baseline(key), [key]))];
}
