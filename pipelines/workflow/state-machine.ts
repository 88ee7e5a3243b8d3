import { partitionOf } from "../../core/partition";
import type { IamStatement } from "../definition/permissions";
import { unionOf } from "../definition/union";
import type { Json } from "../definition/values";
import { Chain, failure, type FailureKnown } from "./chain";
import { and, isText } from "./conditions";
import { faultsOf } from "./faults";
import type { Ended, States } from "./path";
import { completed } from "./render";
import type { WorkflowScope } from "./task";
import { Reference, RunId, uuid } from "./values";

/** The run's own id, which names of its jobs and models hold. */
// eslint-disable-next-line @typescript-eslint/consistent-type-definitions -- an interface has no index signature
type RunKnown = { readonly Run: "id" };

export interface Start<Input extends string> {
  /** What the execution was started with. */
  readonly input: Readonly<Record<Input, Reference>>;
  /** Tells this run from all others: names of its jobs and models are made with it. */
  readonly run: RunId;
  /** ARN of the execution. */
  readonly executionArn: Reference;
}

export interface StateMachineProps<Input extends string> extends WorkflowScope {
  readonly name: string;
  /** Keys of an execution's input, each a text; an execution without one fails at once, with `Workflow.InvalidInput`. */
  readonly input: readonly Input[];
  /** Seconds that a state may take at most whose time-out an execution's input says: a person's, to answer. */
  readonly answerSeconds: number;
  readonly states: (chain: Chain<RunKnown>, start: Start<Input>) => Ended;
  /** What happens where a task has failed, after its retries, and does not catch that itself. */
  readonly onFailure: (chain: Chain<FailureKnown>, start: Start<Input>) => Ended;
}

/** For retries, and for looks at what Step Functions does not wait for itself (`serveAt`). */
const otherSeconds = 24 * 60 * 60;

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html */
const definitionLimit = 1_048_576;

/**
 * A state machine of Step Functions, checked when it is made.
 * @throws Error that names the state, for a name that stands twice, a path that leads nowhere, or what AWS's language refuses
 */
export class StateMachine<const Input extends string = string> {
  readonly name: string;
  private readonly path: Ended;
  private readonly handler: Ended;
  private readonly statements: readonly IamStatement[];
  private readonly jobStatements: readonly IamStatement[];
  private readonly text: string;

  constructor(private readonly props: StateMachineProps<Input>) {
    this.name = props.name;
    if (!/^[A-Za-z0-9_-]{1,80}$/.test(props.name))
      throw this.error(`name must be 1 to 80 letters, digits, dashes and underscores`);
    const start = this.start();
    this.path = this.made(() => props.states(this.begin(), start));
    this.handler = this.made(() => props.onFailure(new Chain(failure), start));
    const definition = this.definition();
    const faults = faultsOf(definition);
    if (faults.length > 0) throw this.error(faults.join("; "));
    this.statements = this.made(() => unionOf(this.tasks().flatMap((task) => task.permissions(props))));
    this.jobStatements = this.made(() => unionOf(this.tasks().flatMap((task) => task.jobPermissions(props))));
    this.text = JSON.stringify(definition);
    if (this.text.length > definitionLimit)
      throw this.error(`definition must be at most ${definitionLimit} characters, got: ${this.text.length}`);
  }

  /** The definition in Amazon States Language; the same bytes each time. */
  render(): string {
    return this.text;
  }

  /** What the state machine's role must be allowed, for all states together. */
  permissions(): readonly IamStatement[] {
    return this.statements;
  }

  /** What the role of its jobs and models must be allowed. */
  jobPermissions(): readonly IamStatement[] {
    return this.jobStatements;
  }

  private tasks() {
    return [...this.path.tasks(), ...this.handler.tasks()];
  }

  private definition(): Json {
    const partition = partitionOf(this.props.region).name;
    const handler = this.handler.first(undefined);
    const main = this.made(() => [...this.inputCheck(), ...this.path.states(undefined)]);
    const states: States = [
      ...main.map(([name, state]) => [name, completed(state, partition, handler)] as const),
      ...this.made(() => this.handler.states(undefined)).map(
        ([name, state]) => [name, completed(state, partition, undefined)] as const,
      ),
    ];
    this.refuseNames(states.map(([name]) => name));
    return {
      StartAt: this.props.input.length > 0 ? "CheckInput" : "Run",
      TimeoutSeconds: this.longest(),
      States: Object.fromEntries(states),
    };
  }

  /**
   * Seconds until an execution ends as `TIMED_OUT`, which nothing in it catches: more than all of its states may take, so that each that takes too
   * long ends it by a name of its own, and a question is open for as long as it says.
   */
  private longest(): number {
    const seconds = this.tasks().map(({ timeoutSeconds }) =>
      typeof timeoutSeconds === "number" ? timeoutSeconds : this.props.answerSeconds,
    );
    return seconds.reduce((sum, each) => sum + each, otherSeconds);
  }

  /** Its first state draws the run's id. */
  private begin(): Chain<RunKnown> {
    return new Chain({}).pass("Run", () => ({ id: uuid }));
  }

  private start(): Start<Input> {
    const input = Object.fromEntries(
      this.props.input.map((key) => [key, new Reference(`$$.Execution.Input.${key}`)]),
    ) as Record<Input, Reference>;
    return { input, run: new RunId("$.Run.id"), executionArn: new Reference("$$.Execution.Id") };
  }

  /** A reference to an input that is not there would end the execution where nothing catches it. */
  private inputCheck(): States {
    const { input } = this.props;
    if (input.length === 0) return [];
    const given = Object.values<Reference>(this.start().input).map(isText);
    return [
      [
        "CheckInput",
        { Type: "Choice", Choices: [{ ...and(...given), Next: "Run" }], Default: "InvalidInput" },
      ],
      [
        "InvalidInput",
        {
          Type: "Fail",
          Error: "Workflow.InvalidInput",
          Cause: `input must have, each a text: ${input.join(", ")}`,
        },
      ],
    ];
  }

  private refuseNames(names: readonly string[]): void {
    const twice = names.find((name, at) => names.indexOf(name) < at);
    if (twice !== undefined) throw this.error(`state ${twice} stands twice`);
    const odd = [...names, ...this.props.input].find((name) => !/^[A-Za-z][A-Za-z0-9]{0,79}$/.test(name));
    if (odd !== undefined)
      throw this.error(`names of states and inputs must be 1 to 80 letters and digits, got: "${odd}"`);
  }

  private made<Made>(make: () => Made): Made {
    try {
      return make();
    } catch (error) {
      throw this.error((error as Error).message, error);
    }
  }

  private error(problem: string, cause?: unknown): Error {
    return new Error(`workflow ${this.name}: ${problem}`, { cause });
  }
}
