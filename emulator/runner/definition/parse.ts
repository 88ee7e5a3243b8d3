import { z } from "zod";
import { parseDefinitionJson } from "./numbers";
import { referencesIn, stepOf } from "./references";
import {
  branchesSchema,
  definitionSchema,
  type Branch,
  type Definition,
  type Node,
  type StepDefinition,
} from "./schema";

/** A definition that cannot be run; the message names every problem. */
export class DefinitionError extends Error {}

/**
 * Reads a pipeline definition and lays its steps out.
 * @param text JSON of version 2020-12-01
 * @throws DefinitionError naming each step that is wrong
 */
export function parseDefinition(text: string): Definition {
  const { Parameters, Steps } = check(definitionSchema.safeParse(json(text)));
  const nodes = Steps.flatMap((step) => nodesOf(step, undefined));
  const definition = {
    parameters: Parameters ?? [],
    nodes: new Map(nodes.map((node) => [nameOf(node), node])),
  };
  const problems = [
    ...repeated(nodes.map(nameOf)).map((name) => `Step ${name} is there twice`),
    ...unknownReferences(definition),
  ];
  if (problems.length === 0) problems.push(...circles(definition));
  if (problems.length > 0) throw new DefinitionError(problems.join("; "));
  return definition;
}

const nameOf = ({ definition: { Name } }: Node): string => Name;

function json(text: string): unknown {
  try {
    return parseDefinitionJson(text);
  } catch (error) {
    throw new DefinitionError(`The definition is not JSON: ${(error as Error).message}`, { cause: error });
  }
}

function check<Value>(result: z.ZodSafeParseResult<Value>): Value {
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  throw new DefinitionError(`The definition is not SageMaker's: ${problems.join("; ")}`);
}

/** A step, followed by the steps in its branches. */
function nodesOf(definition: StepDefinition, branch: Branch | undefined): Node[] {
  const read = referencesIn(definition).flatMap((path) => stepOf(path) ?? []);
  const dependencies = [...new Set([...(definition.DependsOn ?? []), ...read])];
  const node = { definition, dependencies, branch };
  if (definition.Type !== "Condition") return [node];
  const { IfSteps, ElseSteps } = check(branchesSchema.safeParse(definition.Arguments));
  const inBranch = (side: Branch["side"]) => (step: StepDefinition) =>
    nodesOf(step, { condition: definition.Name, side });
  return [node, ...(IfSteps ?? []).flatMap(inBranch("if")), ...(ElseSteps ?? []).flatMap(inBranch("else"))];
}

const repeated = (names: readonly string[]): string[] => [
  ...new Set(names.filter((name, index) => names.indexOf(name) !== index)),
];

function unknownReferences({ parameters, nodes }: Definition): string[] {
  const declared = new Set(parameters.map(({ Name }) => Name));
  return [...nodes.values()].flatMap(({ definition, dependencies }) => [
    ...dependencies
      .filter((name) => !nodes.has(name))
      .map((name) => `Step ${definition.Name} needs a step ${name}, which is not there`),
    ...referencesIn(definition)
      .flatMap((path) => /^Parameters\.(.+)$/.exec(path)?.[1] ?? [])
      .filter((name) => !declared.has(name))
      .map((name) => `Step ${definition.Name} reads a parameter ${name}, which is not declared`),
  ]);
}

/** What a node waits for: its dependencies, and the condition whose branch it is in. */
export const waitsFor = ({ dependencies, branch }: Node): readonly string[] =>
  branch ? [branch.condition, ...dependencies] : dependencies;

function circles({ nodes }: Definition): string[] {
  const settled = new Set<string>();
  const visit = (name: string, way: readonly string[]): string[] => {
    if (settled.has(name)) return [];
    if (way.includes(name)) return [[...way.slice(way.indexOf(name)), name].join(" → ")];
    const node = nodes.get(name);
    const found = node ? waitsFor(node).flatMap((next) => visit(next, [...way, name])) : [];
    settled.add(name);
    return found;
  };
  return [...nodes.keys()]
    .flatMap((name) => visit(name, []))
    .map((way) => `Steps wait for each other: ${way}`);
}
