import type { Json } from "../definition/values";
import type { Condition } from "./conditions";
import { Ended, Path, type Link } from "./path";
import { renderTask, textField } from "./render";
import type { Task } from "./task";
import { payloadTemplate, Reference, type Payload, type Text } from "./values";

/** States that come before, and the names of what each has written; never, where it writes nothing. */
export type Known = Readonly<Record<string, string>>;

/** What the states that come before have written, by state and name. */
export type References<K extends Known> = {
  readonly [State in keyof K]: Readonly<Record<K[State], Reference>>;
};

interface Branch<K extends Known, End extends Path> {
  readonly when: (before: References<K>) => Condition;
  readonly then: (chain: Chain<K>) => End;
}

interface Choice<K extends Known, End extends Path> {
  /** The first whose condition holds. */
  readonly branches: readonly [Branch<K, End>, ...Branch<K, End>[]];
  readonly otherwise: (chain: Chain<K>) => End;
}

/** What happens where a task fails with one of some errors, which then stands in `Failure`. */
export interface Catcher<K extends Known> {
  readonly errors: readonly [string, ...string[]];
  readonly then: (chain: Chain<K & FailureKnown>) => Ended;
}

// eslint-disable-next-line @typescript-eslint/consistent-type-definitions -- an interface has no index signature
export type FailureKnown = { readonly Failure: "Error" | "Cause" };

/** What a task's `Catch` writes. https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html */
export const failure: References<FailureKnown> = {
  Failure: { Error: new Reference("$.Failure.Error"), Cause: new Reference("$.Failure.Cause") },
};

/**
 * States one after the other. Each refers to what states before it have written, so a reference to a state that is not there, or
 * that has not run on every way here, does not compile.
 */
export class Chain<K extends Known> extends Path {
  constructor(
    private readonly before: References<K>,
    links: readonly Link[] = [],
  ) {
    super(links);
  }

  /** Does a task. What a catcher catches does not go on here. */
  task<const Name extends string, Output extends string>(
    name: Name,
    make: (before: References<K>) => Task<Output>,
    catchers: readonly Catcher<K>[] = [],
  ): Chain<K & Readonly<Record<Name, Output>>> {
    const task = make(this.before);
    const caught = catchers.map(({ errors, then }) => ({
      errors,
      path: then(new Chain(both(this.before, failure))),
    }));
    return this.with(name, Object.keys(task.outputs) as Output[], {
      task,
      inner: caught.map(({ path }) => path),
      states: (next) => [
        [name, { ...renderTask(name, task, caught), ...leadingTo(name, next) }],
        ...caught.flatMap(({ path }) => path.states(undefined)),
      ],
    });
  }

  /** Writes values down. */
  pass<const Name extends string, Output extends string>(
    name: Name,
    make: (before: References<K>) => Readonly<Record<Output, Payload[string]>>,
  ): Chain<K & Readonly<Record<Name, Output>>> {
    const values = make(this.before);
    return this.with(name, Object.keys(values) as Output[], { states: passing(name, values, name) });
  }

  /** Writes other values down in the place of those of an earlier `pass`, such as a count in a loop. */
  again<const Name extends string, const Earlier extends keyof K & string>(
    name: Name,
    earlier: Earlier,
    make: (before: References<K>) => Readonly<Record<K[Earlier], Payload[string]>>,
  ): Chain<K & Readonly<Record<Name, never>>> {
    return this.with(name, [], { states: passing(name, make(this.before), earlier) });
  }

  wait<const Name extends string>(name: Name, seconds: number): Chain<K & Readonly<Record<Name, never>>> {
    return this.with(name, [], {
      states: (next) => [[name, { Type: "Wait", Seconds: seconds, ...leadingTo(name, next) }]],
    });
  }

  /** Goes one of several ways, of which those that do not end go on here, with what is known of all. */
  choice<const Name extends string>(
    name: Name,
    choice: Choice<K, Path>,
  ): Chain<K & Readonly<Record<Name, never>>> {
    return this.with(name, [], this.deciding(name, choice));
  }

  /** Goes one of several ways, which all end. */
  decide(name: string, choice: Choice<K, Ended>): Ended {
    return new Ended([...this.links, { name, ...this.deciding(name, choice) }]);
  }

  /** Goes on at an earlier state. */
  goTo(earlier: keyof K & string): Ended {
    return new Ended(this.links, earlier);
  }

  succeed(name: string): Ended {
    return this.ending(name, { Type: "Succeed" });
  }

  /** Ends the execution as failed. @throws Error for an error's name that is one of AWS's own */
  fail(
    name: string,
    make: (before: References<K>) => { readonly error: string; readonly cause: Text },
  ): Ended {
    const { error, cause } = make(this.before);
    if (!/^(?!States\.)[A-Za-z][A-Za-z.]*$/.test(error))
      throw new Error(
        `state ${name}: an error must be named by letters and dots, not States.…, got: "${error}"`,
      );
    return this.ending(name, { Type: "Fail", Error: error, ...textField("Cause", cause) });
  }

  private deciding(name: string, { branches, otherwise }: Choice<K, Path>): Omit<Link, "name"> {
    const from = () => new Chain(this.before);
    const ways = branches.map(({ when, then }) => ({ condition: when(this.before), path: then(from()) }));
    const fallback = otherwise(from());
    const inner = [...ways.map(({ path }) => path), fallback];
    return {
      inner,
      states: (next) => [
        [
          name,
          {
            Type: "Choice",
            Choices: ways.map(({ condition, path }) => ({ ...condition, Next: path.first(next) })),
            Default: fallback.first(next),
          },
        ],
        ...inner.flatMap((path) => path.states(next)),
      ],
    };
  }

  private ending(name: string, state: Readonly<Record<string, Json>>): Ended {
    return new Ended([...this.links, { name, states: () => [[name, state]] }]);
  }

  private with<Name extends string, Output extends string>(
    name: Name,
    outputs: readonly Output[],
    link: Omit<Link, "name">,
  ): Chain<K & Readonly<Record<Name, Output>>> {
    const written = Object.fromEntries(
      outputs.map((output) => [output, new Reference(`$.${name}.${output}`)]),
    );
    const more = { [name]: written } as References<Readonly<Record<Name, Output>>>;
    return new Chain(both(this.before, more), [...this.links, { ...link, name }]);
  }
}

function both<K extends Known, More extends Known>(
  before: References<K>,
  more: References<More>,
): References<K & More> {
  const all: object = { ...before, ...more };
  return all as References<K & More>;
}

const passing =
  (name: string, values: Payload, place: string): Link["states"] =>
  (next) => [
    [
      name,
      {
        Type: "Pass",
        Parameters: payloadTemplate(values),
        ResultPath: `$.${place}`,
        ...leadingTo(name, next),
      },
    ],
  ];

function leadingTo(name: string, next: string | undefined): Readonly<Record<string, Json>> {
  if (next === undefined)
    throw new Error(`state ${name} leads nowhere: a path must end in Succeed, Fail or an earlier state`);
  return { Next: next };
}
