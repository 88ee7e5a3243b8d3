import type { Path, Problem } from "../../../config/problems";
import { namesSecret, secretIn } from "../../../config/secrets";
import type { SourceFile } from "../../../config/source-file";
import { didYouMean } from "../../../config/suggest";
import { parameterOf, stepOf } from "../../../pipelines/definition/rendered/json";
import { kindNames } from "../../../pipelines/definition/rendered/kinds";
import { isObject } from "./source";
import { keyOf, stepsAt, textsIn, type FoundText, type PlacedStep } from "./texts";

const version = "2020-12-01";
const parameterTypes = ["String", "Integer", "Float", "Boolean"];

/** Everything that keeps a JSON object from being a definition that could be deployed from here, at its place. */
export function shapeProblems(source: SourceFile): Problem[] {
  const { Version, Parameters, Steps } = source.value as Readonly<Record<string, unknown>>;
  const steps = stepsAt(Steps, ["Steps"]);
  const parameters = (Array.isArray(Parameters) ? (Parameters as readonly unknown[]) : []).map(
    (each, at) => ({
      path: ["Parameters", at] as Path,
      step: isObject(each) ? each : {},
    }),
  );
  const known = { steps: namesOf(steps), parameters: namesOf(parameters) };
  return [
    ...(Version === version ? [] : [source.atValue(["Version"], `must be "${version}"`)]),
    ...(Array.isArray(Parameters)
      ? []
      : [source.atValue(["Parameters"], "must be a list, [] where there are none")]),
    ...(steps.length > 0 ? [] : [source.atValue(["Steps"], "must be a list of one step at least")]),
    ...parameters.flatMap((placed) => [
      ...nameProblems(source, placed),
      ...typeProblems(source, placed, parameterTypes, "must be one of"),
    ]),
    ...steps.flatMap((placed) => stepProblems(source, placed)),
    ...[...twice(source, parameters), ...twice(source, steps)],
    ...textsIn(source.value).flatMap((found) => textProblems(source, found, known)),
  ];
}

const namesOf = (placed: readonly PlacedStep[]): string[] =>
  placed.flatMap(({ step: { Name } }) => (typeof Name === "string" ? Name : []));

const stepProblems = (source: SourceFile, placed: PlacedStep): Problem[] => [
  ...nameProblems(source, placed),
  ...typeProblems(source, placed, kindNames, "must be a kind of step whose permissions are known:"),
  ...(isObject(placed.step.Arguments)
    ? []
    : [source.atValue([...placed.path, "Arguments"], "must be an object")]),
];

const nameProblems = (source: SourceFile, { path, step: { Name } }: PlacedStep): Problem[] =>
  typeof Name === "string" && /^[A-Za-z0-9][\w-]{0,255}$/.test(Name)
    ? []
    : [source.atValue([...path, "Name"], "must be a name of letters, digits and dashes")];

const typeProblems = (
  source: SourceFile,
  { path, step: { Type } }: PlacedStep,
  known: readonly string[],
  rule: string,
): Problem[] =>
  known.some((each) => each === Type)
    ? []
    : [source.atValue([...path, "Type"], `${rule} ${known.join(", ")}${didYouMean(Type, known)}`)];

function twice(source: SourceFile, placed: readonly PlacedStep[]): Problem[] {
  const seen = new Set<unknown>();
  return placed.flatMap(({ path, step: { Name } }) => {
    const again = Name !== undefined && seen.has(Name);
    seen.add(Name);
    return again ? [source.atValue([...path, "Name"], "must not stand twice")] : [];
  });
}

interface Known {
  readonly steps: readonly string[];
  readonly parameters: readonly string[];
}

function textProblems(source: SourceFile, { path, text }: FoundText, known: Known): Problem[] {
  const key = keyOf(path);
  const secret = secretIn(text);
  if (secret !== undefined || isSecretByName(path, text))
    return [
      source.atHiddenValue(
        path,
        `must not hold a secret${secret === undefined ? "" : `, and this looks like ${secret}`}: keep it in AWS Secrets Manager`,
      ),
    ];
  if (text.includes("{{context."))
    return [source.atValue(path, "must not hold {{context., which stands for a value of the account here")];
  return key === "Get" || path.includes("DependsOn") ? strangers(source, { path, text }, key, known) : [];
}

/** What a container is given by a name such as `API_TOKEN`; `max_tokens` is a number. */
const isSecretByName = (path: Path, text: string): boolean =>
  ["Environment", "HyperParameters"].some((map) => path.at(-2) === map) &&
  namesSecret(keyOf(path)) &&
  !/^(?:[\d.]+|true|false|)$/i.test(text);

function strangers(
  source: SourceFile,
  { path, text }: FoundText,
  key: string,
  { steps, parameters }: Known,
): Problem[] {
  const [step, parameter] = key === "Get" ? [stepOf(text), parameterOf(text)] : [text, undefined];
  if (step !== undefined && !steps.includes(step))
    return [source.atValue(path, `must be of a step of the pipeline${didYouMean(step, steps)}`)];
  if (parameter === undefined || parameters.includes(parameter)) return [];
  return [source.atValue(path, `must be a parameter of the pipeline${didYouMean(parameter, parameters)}`)];
}
