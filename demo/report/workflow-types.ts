/** What became of one state in one run, over all of its visits. */
export interface VisitedState {
  readonly name: string;
  readonly status: "Succeeded" | "Failed";
  readonly visits: number;
  /** From the run's begin to the first visit. */
  readonly startedAfter: number;
  readonly seconds: number;
}

/** A state machine as a graph: its states in the order of the definition, and what leads to what. */
export interface StateGraph {
  /** `kind` is a task's action, or the state's type. */
  readonly states: readonly { readonly name: string; readonly kind: string }[];
  readonly links: readonly { readonly from: string; readonly to: string }[];
}

export interface WorkflowRunReport {
  /** `Rejected`. */
  readonly title: string;
  readonly executionArn: string;
  /** `SUCCEEDED`, `FAILED`, … */
  readonly status: string;
  /** Name of an end that is no good one: `Workflow.Rejected`. */
  readonly end?: string;
  readonly reason?: string;
  readonly seconds: number;
  /** Those that it came to, in order. */
  readonly states: readonly VisitedState[];
  /** The message that those got who hear of ends. */
  readonly told: string;
}

/** From a commit to an API that answers, with a person between. */
export interface WorkflowReport {
  readonly model: string;
  readonly environment: string;
  readonly account: string;
  readonly stateMachine: string;
  readonly commit: string;
  /** Of the commit's image. */
  readonly digest: string;
  readonly graph: StateGraph;
  readonly runs: readonly WorkflowRunReport[];
  /** How many held-out rows the API scores as batch transform did. */
  readonly served?: { readonly url: string; readonly rows: number };
}
