import type { ParameterValue } from "../definition/parameters";
import { DefinitionError } from "../definition/parse";
import type { Definition, StepDefinition } from "../definition/schema";
import type { ControlPlane } from "../control-plane";
import { programOf } from "../jobs/images";
import { refusal } from ".";

/**
 * Refuses what cannot be run before anything runs, as far as an execution's parameters and the functions that are
 * deployed tell.
 * @param selected names of the steps that run; null for all
 * @throws DefinitionError naming each step
 */
export async function refuseUnsupported(
  definition: Definition,
  parameters: ReadonlyMap<string, ParameterValue>,
  controlPlane: Pick<ControlPlane, "functionCode">,
  selected: readonly string[] | null = null,
): Promise<void> {
  const all = [...definition.nodes.values()].map(
    (node) => withValues(node.definition, parameters) as StepDefinition,
  );
  const steps = all.filter(({ Name }) => selected?.includes(Name) ?? true);
  const problems = [
    ...steps.flatMap((step) => refusal(step) ?? modelRefusal(step, all) ?? []),
    ...(await Promise.all(steps.map((step) => functionRefusal(step, controlPlane)))).flat(),
  ];
  if (problems.length > 0) throw new DefinitionError(problems.join("; "));
}

/** A value with those of parameters in the place of references to them. */
function withValues(value: unknown, parameters: ReadonlyMap<string, ParameterValue>): unknown {
  if (Array.isArray(value)) return value.map((each) => withValues(each, parameters));
  if (typeof value !== "object" || value === null) return value;
  const path = "Get" in value ? String(value.Get) : "";
  if (path.startsWith("Parameters.")) return parameters.get(path.slice("Parameters.".length));
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withValues(each, parameters)]));
}

/** A batch that is scored with a model of this very pipeline has that model's image. */
function modelRefusal(step: StepDefinition, steps: readonly StepDefinition[]): string | undefined {
  const { Get } = (step.Type === "Transform" ? (step.Arguments.ModelName ?? {}) : {}) as { Get?: string };
  const model = steps.find(({ Name }) => Get === `Steps.${Name}.ModelName`);
  const { Image } = (model?.Arguments.PrimaryContainer ?? {}) as { Image?: unknown };
  if (typeof Image !== "string" || programOf(Image, "transform")) return undefined;
  return `Step ${step.Name} scores with the image ${Image}, whose program the runner does not have`;
}

/** A function that is not there yet may be when its step runs. */
async function functionRefusal(
  { Name, Type, FunctionArn }: StepDefinition,
  controlPlane: Pick<ControlPlane, "functionCode">,
): Promise<string[]> {
  if (Type !== "Lambda" || typeof FunctionArn !== "string") return [];
  const code = await controlPlane.functionCode(FunctionArn).catch(() => undefined);
  if (!code || code.runtime.startsWith("nodejs")) return [];
  return [`Step ${Name} calls ${FunctionArn} of ${code.runtime}; the runner runs Node.js functions`];
}
