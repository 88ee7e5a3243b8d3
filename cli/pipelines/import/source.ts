import { ConfigurationError, type Path } from "../../../config/problems";
import { SourceFile } from "../../../config/source-file";

/** A definition out of an account, and what the answer that it came in says beside it. */
export interface GivenDefinition {
  readonly source: SourceFile;
  /** What SageMaker keeps, to the byte. */
  readonly text: string;
  /** Of the pipeline. */
  readonly name?: string;
  readonly arn?: string;
}

/** An answer has the definition, of 1 MiB at most, as a text in which quotes are escaped. */
const largest = 8 * 1024 * 1024;
/** Far more than lists and objects within one another that SageMaker's requests have. */
const deepest = 64;

const inAnswer: Path = ["PipelineDefinition"];

/**
 * Reads what `PipelineDefinition` of DescribePipeline's answer holds, or the whole answer.
 * @throws ConfigurationError with what keeps it from being read, at its place
 */
export function readDefinition(path: string): GivenDefinition {
  const source = SourceFile.read(path, largest);
  refuse(source);
  const answer = isObject(source.value) ? source.value : {};
  if (typeof answer.PipelineDefinition !== "string") {
    const text = source.writtenAt([]);
    refuse(source, text);
    return { source, text };
  }
  const within = source.within(inAnswer);
  const text = answer.PipelineDefinition;
  if (within.value === undefined && within.problems.length === 0)
    throw new ConfigurationError([source.atValue(inAnswer, "must hold a definition")]);
  refuse(within, text);
  const { PipelineName: name, PipelineArn: arn } = answer;
  return {
    source: within,
    text: text.trim(),
    ...(typeof name === "string" && { name }),
    ...(typeof arn === "string" && { arn }),
  };
}

function refuse(source: SourceFile, text = ""): void {
  const deep =
    depthOf(text) > deepest ? [source.atHiddenValue([], `must be nested ${deepest} deep at most`)] : [];
  const problems = [...source.problems, ...deep];
  if (problems.length > 0) throw new ConfigurationError(problems);
  if (!isObject(source.value)) throw new ConfigurationError([source.atValue([], "must hold a JSON object")]);
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** How many lists and objects are within one another, at most. */
function depthOf(json: string): number {
  let [depth, most] = [0, 0];
  for (const [token] of json.matchAll(/"(?:\\.|[^"\\])*"|[[{\]}]/gs)) {
    if (token === "[" || token === "{") depth += 1;
    if (token === "]" || token === "}") depth -= 1;
    most = Math.max(most, depth);
  }
  return most;
}
