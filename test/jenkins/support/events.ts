/** What a shell line does in a scenario. */
export interface ShellOutcome {
  /** Regular expression that the line matches. */
  readonly match: string;
  /** Values that variables must have. @default whatever they have */
  readonly env?: Readonly<Record<string, string>>;
  /** @default 0 */
  readonly exit?: number;
  readonly stdout?: string;
  /** What it leaves in the workspace: path to text. */
  readonly files?: Readonly<Record<string, string>>;
}

/** One build: what Jenkins gives it, and what happens to it. */
export interface Scenario {
  readonly name: string;
  /** Variables of the job and of the server. */
  readonly env?: Readonly<Record<string, string>>;
  readonly params?: Readonly<Record<string, string>>;
  /** What each checkout brings, in order; the last is repeated. */
  readonly checkouts?: readonly Readonly<Record<string, string>>[];
  /** The first that matches counts; a line that none matches succeeds. */
  readonly shell?: readonly ShellOutcome[];
  /** @default approve */
  readonly input?: "approve" | "refuse" | "expire";
  /** Who approves. @default whom `input` names */
  readonly approver?: string;
  /** What another build left in every workspace: path to text. */
  readonly left?: Readonly<Record<string, string>>;
  readonly previousResult?: string;
  /** Another build that is started when a shell line matches, or at `input`. */
  readonly arrival?: { readonly at: string; readonly build: Omit<Scenario, "name"> };
}

/** One line of the harness's output; which fields there are depends on the event. */
export interface Event {
  readonly event: string;
  readonly scenario: string;
  readonly build: number;
  /** Names of the stages, from the outermost, joined with " / ". */
  readonly stage: string;
  /** The agent's label and how many were allocated before it; null where none is held. */
  readonly agent: string | null;
  readonly step?: string;
  readonly script?: string;
  readonly interpolated?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
  readonly exit?: number;
  readonly message?: string;
  readonly reason?: string;
  readonly condition?: string;
  readonly result?: string;
  readonly options?: readonly string[];
  readonly params?: Readonly<Record<string, string>>;
  readonly name?: string;
  readonly [field: string]: unknown;
}
