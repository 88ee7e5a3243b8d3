import type { ParameterValue } from "../definition/parameters";
import { DefinitionError } from "../definition/parse";
import type { Definition, StepDefinition } from "../definition/schema";
import type { ControlPlane } from "../control-plane";
import { programOf, scoresCsvAlone } from "../jobs/images";
import { scriptOfModel } from "../jobs/script";
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

interface Container {
  readonly Image?: unknown;
  readonly Environment?: Readonly<Record<string, unknown>>;
}

/** A batch that is scored with a model of this very pipeline has that model's image. */
function modelRefusal(step: StepDefinition, steps: readonly StepDefinition[]): string | undefined {
  const { Get } = (step.Type === "Transform" ? (step.Arguments.ModelName ?? {}) : {}) as { Get?: string };
  const model = steps.find(({ Name }) => Get === `Steps.${Name}.ModelName`);
  const { Image, Environment } = (model?.Arguments.PrimaryContainer ?? {}) as Container;
  if (typeof Image !== "string") return undefined;
  const hasScript = scriptOfModel(Environment) !== undefined;
  if (!programOf(Image, "transform", hasScript))
    return `Step ${step.Name} scores with the image ${Image}, whose program the runner does not have`;
  const other = contentOf(step.Arguments).find((type) => !isCsv.test(type));
  if (other === undefined || !scoresCsvAlone(Image, hasScript)) return undefined;
  return `Step ${step.Name} scores with ${Image}, which reads and writes text/csv here, got: ${other}`;
}

const isCsv = /^(text\/)?csv/;

/** Content types that a batch has and is to give, as far as they are known. */
function contentOf({ TransformInput, TransformOutput }: StepDefinition["Arguments"]): string[] {
  const { ContentType } = (TransformInput ?? {}) as { ContentType?: unknown };
  const { Accept } = (TransformOutput ?? {}) as { Accept?: unknown };
  return [ContentType, Accept].filter((type) => typeof type === "string");
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
