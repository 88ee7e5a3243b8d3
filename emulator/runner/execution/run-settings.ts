import type { ParameterValue } from "../definition/parameters";
import type { ControlPlane, StartedExecution } from "../control-plane";
import type { StepResult } from "../steps/step";
import type { StepCache } from "./cache";
import type { Callbacks } from "./callbacks";
import type { RoleSessions } from "./role-sessions";

/** What all steps of an execution share. */
export interface RunSettings {
  readonly execution: StartedExecution;
  readonly executionId: string;
  readonly parameters: ReadonlyMap<string, ParameterValue>;
  readonly results: ReadonlyMap<string, StepResult>;
  readonly controlPlane: ControlPlane;
  readonly sessions: RoleSessions;
  readonly cache: StepCache;
  readonly callbacks: Callbacks;
  /** What each step's property files are, by step and name. */
  readonly propertyFiles: ReadonlyMap<string, ReadonlyMap<string, PropertyFile>>;
  readonly scratch: string;
  readonly logs: string;
  readonly python: string;
  readonly signal: AbortSignal;
  readonly abandoned: AbortSignal;
}

/** A JSON file below one of a job's outputs. */
export interface PropertyFile {
  readonly output: string;
  readonly path: string;
}
