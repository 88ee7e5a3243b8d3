import type { StepDefinition } from "../definition/schema";
import type { ControlPlane, StepRecord, StepResult } from "../control-plane";

/** What is known of a step under way: records come one after another, and each says all that those before it said. */
export class StepJournal {
  private known: Omit<StepRecord, "StepStatus">;
  private last: Promise<void> = Promise.resolve();

  constructor(
    { Name, Type, DisplayName, Description }: StepDefinition,
    private readonly executionArn: string,
    private readonly controlPlane: ControlPlane,
  ) {
    this.known = {
      StepName: Name,
      StepType: Type,
      StartTime: new Date().toISOString(),
      ...(DisplayName && { StepDisplayName: DisplayName }),
      ...(Description && { StepDescription: Description }),
    };
  }

  record(change: Partial<StepRecord> & Pick<StepRecord, "StepStatus">, result?: StepResult): Promise<void> {
    this.known = { ...this.known, ...change };
    const step = { ...this.known, StepStatus: change.StepStatus };
    this.last = this.last
      .catch(() => undefined)
      .then(() => this.controlPlane.recordStep(this.executionArn, step, result));
    return this.last;
  }

  /** The last record of a step that has succeeded. */
  succeed(result: StepResult, change: Partial<StepRecord> = {}): Promise<void> {
    const end = { StepStatus: "Succeeded", EndTime: new Date().toISOString() } as const;
    return this.record({ ...change, ...end, Metadata: result.metadata }, result);
  }

  /** The last record of one that has not. */
  end(change: Partial<StepRecord> & Pick<StepRecord, "StepStatus">): Promise<void> {
    return this.record({ ...change, EndTime: new Date().toISOString() });
  }
}
