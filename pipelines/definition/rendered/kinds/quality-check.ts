import { lookUpStatements } from "../../permissions";
import { textOf } from "../json";
import type { DerivedKind } from "../kind";
import { outputUris, processingMachines, processingStatements } from "./processing";

/** Model Monitor's analyzer over a dataset, compared with a baseline: a processing job, and the look-up of a baseline. */
export const qualityCheck: DerivedKind = {
  permissions: (step, scope) => {
    const group = textOf(step.ModelPackageGroupName);
    return [
      ...processingStatements(step, scope, [
        step.SuppliedBaselineStatistics,
        step.SuppliedBaselineConstraints,
      ]),
      ...(group === undefined ? [] : lookUpStatements(group)),
    ];
  },
  reports: ({ Arguments }) => outputUris(Arguments),
  machines: processingMachines,
};
