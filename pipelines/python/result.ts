import { basename } from "node:path";
import { isObject, itemsOf, textOf, valueAt, type RenderedDefinition } from "../definition/rendered/json";
import type { Json } from "../definition/values";

/** What one rendering gave. */
export interface Rendering {
  /** By short name. */
  readonly pipelines: Readonly<
    Record<string, { readonly name: string; readonly definition: RenderedDefinition }>
  >;
  readonly uploads: readonly Upload[];
}

/** What the SDK, or the pipeline's own code, uploaded. */
export interface Upload {
  /** `s3://…` */
  readonly uri: string;
  /** Name of the file that has the content, in the folder of the rendering. */
  readonly file: string;
}

/** Where it went wrong: in a file of the model's, unless it is the whole that is wrong. */
export interface Fault {
  readonly message: string;
  readonly file: string | undefined;
  readonly line: number | undefined;
}

/** Why no rendering came; undefined where it did. */
export function faultIn(result: Json): Fault | undefined {
  const error = valueAt(result, "error");
  if (error === undefined) return undefined;
  const line = valueAt(error, "line");
  return {
    message: textOf(valueAt(error, "message")) ?? "it gave no reason",
    file: textOf(valueAt(error, "file")),
    line: typeof line === "number" ? line : undefined,
  };
}

/**
 * What came out of a program that ran somebody's code.
 * @throws Error naming the place that is not as a definition has it
 */
export function renderingOf(rendered: Json | undefined, names: readonly string[]): Rendering {
  const pipelines = names.map((name) => {
    const pipeline = valueAt(rendered, "pipelines", name);
    const definition = valueAt(pipeline, "definition");
    const fault = faultOfDefinition(definition);
    if (fault !== undefined) throw new Error(`pipeline ${name}: the definition's ${fault}`);
    return [
      name,
      {
        name: textOf(valueAt(pipeline, "name")) ?? "",
        definition: definition as unknown as RenderedDefinition,
      },
    ];
  });
  const uploads = itemsOf(valueAt(rendered, "uploads")).map((upload) => ({
    uri: textOf(valueAt(upload, "uri")) ?? "",
    file: basename(textOf(valueAt(upload, "file")) ?? ""),
  }));
  return { pipelines: Object.fromEntries(pipelines) as Rendering["pipelines"], uploads };
}

/** Why something is no definition, in words that follow its name; undefined where it is one. */
export function faultOfDefinition(definition: Json | undefined): string | undefined {
  if (valueAt(definition, "Version") !== "2020-12-01") return "Version must be 2020-12-01";
  const parameters = valueAt(definition, "Parameters");
  const parameter = itemsOf(parameters).findIndex((each) => !hasTexts(each, ["Name", "Type"]));
  if (!Array.isArray(parameters) || parameter >= 0)
    return "Parameters must be a list, each with Name and Type";
  return faultOfSteps(valueAt(definition, "Steps"), "Steps");
}

function faultOfSteps(steps: Json | undefined, place: string): string | undefined {
  if (!Array.isArray(steps)) return `${place} must be a list`;
  for (const [at, step] of (steps as readonly Json[]).entries()) {
    const here = `${place}[${at}]`;
    if (!hasTexts(step, ["Name", "Type"]) || !isObject(valueAt(step, "Arguments")))
      return `${here} must have Name, Type and Arguments`;
    if (
      valueAt(step, "DependsOn") !== undefined &&
      !itemsOf(valueAt(step, "DependsOn")).every((name) => typeof name === "string")
    )
      return `${here}.DependsOn must be names of steps`;
    if (valueAt(step, "Type") !== "Condition") continue;
    const branches = ["IfSteps", "ElseSteps"].map((branch) =>
      faultOfSteps(valueAt(step, "Arguments", branch) ?? [], `${here}.Arguments.${branch}`),
    );
    const fault = branches.find((each) => each !== undefined);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

const hasTexts = (value: Json, keys: readonly string[]): boolean =>
  keys.every((key) => typeof valueAt(value, key) === "string");
