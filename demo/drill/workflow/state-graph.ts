import type { StateGraph } from "../../report/workflow-types";

interface State {
  readonly Type: string;
  readonly Resource?: string;
  readonly Next?: string;
  readonly Default?: string;
  readonly Choices?: readonly { readonly Next: string }[];
  readonly Catch?: readonly { readonly ErrorEquals: readonly string[]; readonly Next: string }[];
}

/**
 * Leaves out what leads from every task to the end of those that fail of anything: its arrows would hide all others.
 * @param definition in Amazon States Language
 */
export function stateGraph(definition: string): StateGraph {
  const { States } = JSON.parse(definition) as { readonly States: Readonly<Record<string, State>> };
  const all = Object.entries(States);
  return {
    states: all.map(([name, { Type, Resource }]) => ({ name, kind: Resource ? shortOf(Resource) : Type })),
    links: all.flatMap(([from, state]) => [...new Set(nextOf(state))].map((to) => ({ from, to }))),
  };
}

const nextOf = ({ Next, Default, Choices = [], Catch = [] }: State): string[] =>
  [
    Next,
    ...Choices.map((choice) => choice.Next),
    Default,
    ...Catch.filter(({ ErrorEquals }) => !ErrorEquals.includes("States.ALL")).map((each) => each.Next),
  ].flatMap((name) => name ?? []);

/** `arn:aws:states:::aws-sdk:sagemaker:listEndpoints` is `listEndpoints`. */
const shortOf = (resource: string): string => resource.split(":").at(-1) ?? resource;
