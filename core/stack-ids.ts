interface Named {
  readonly name: string;
}

/** Ids of the stacks that others refer to. An id is a folder of synthesised files and a prefix of states: it stays. */
export const stateStackId = (environment: Named): string => `${environment.name}-state`;
export const auditStackId = (environment: Named): string => `${environment.name}-audit`;
export const approvalsStackId = (registry: Named): string => `${registry.name}-approvals`;
export const networkStackId = (workload: Named): string => `${workload.name}-network`;
export const projectTemplatesStackId = (workload: Named): string => `${workload.name}-project-templates`;
export const foundationStackId = (workload: Named): string => `${workload.name}-foundation`;
export const modelStackId = (workload: Named, model: Named): string => `${workload.name}-${model.name}`;

export const endpointStackId = (workload: Named, model: Named): string =>
  `${workload.name}-${model.name}-endpoint`;

export const containerStackId = (workload: Named, model: Named): string =>
  `${workload.name}-${model.name}-container`;
export const workflowStackId = (workload: Named, model: Named): string =>
  `${workload.name}-${model.name}-workflow`;
export const apiStackId = (workload: Named, model: Named): string => `${workload.name}-${model.name}-api`;

/** Whether an id is one that a stack of this environment may have. */
export const isStackOf = ({ name }: Named, id: string): boolean => id === name || id.startsWith(`${name}-`);
