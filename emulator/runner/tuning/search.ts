import type { HyperParameterTuningJobConfig, ParameterRanges } from "@aws-sdk/client-sagemaker";
import { StepFailure } from "../execution/failure";

/** Hyperparameters of one training job, as SageMaker takes them: texts by name. */
export type Tuned = Readonly<Record<string, string>>;

/**
 * What the training jobs of a tuning job are tried with, in the order of their launch: every combination for a grid, else drawn
 * at random, each value by itself and by its scale. A search that learns from earlier training jobs is none of these.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/automatic-model-tuning-how-it-works.html
 * @param seed the same draws for the same seed
 * @throws StepFailure naming the range that nothing can be drawn from
 */
export function trialsOf(config: HyperParameterTuningJobConfig, seed: number): Tuned[] {
  const { Strategy, ParameterRanges: ranges = {}, ResourceLimits } = config;
  const most = ResourceLimits?.MaxNumberOfTrainingJobs ?? 1;
  if (Strategy === "Grid") return grid(ranges).slice(0, ResourceLimits?.MaxNumberOfTrainingJobs);
  const draws = drawsOf(ranges);
  const random = randomFrom(seed);
  return Array.from({ length: most }, () =>
    Object.fromEntries(draws.map(([name, draw]) => [name, draw(random())])),
  );
}

/** Takes a number from 0 up to but not including 1. */
type Draw = (share: number) => string;

function drawsOf({
  IntegerParameterRanges = [],
  ContinuousParameterRanges = [],
  CategoricalParameterRanges = [],
}: ParameterRanges): [string, Draw][] {
  return [
    ...IntegerParameterRanges.map((range): [string, Draw] => [range.Name ?? "", integer(boundsOf(range))]),
    ...ContinuousParameterRanges.map((range): [string, Draw] => [range.Name ?? "", real(boundsOf(range))]),
    ...CategoricalParameterRanges.map(({ Name = "", Values = [] }): [string, Draw] => [
      Name,
      (share) => Values[Math.floor(share * Values.length)] ?? "",
    ]),
  ];
}

interface Bounds {
  readonly least: number;
  readonly most: number;
  readonly scale: string;
}

interface Range {
  readonly Name?: string | undefined;
  readonly MinValue?: string | undefined;
  readonly MaxValue?: string | undefined;
  readonly ScalingType?: string | undefined;
}

function boundsOf({ Name = "", MinValue, MaxValue, ScalingType: scale = "Auto" }: Range): Bounds {
  const [least, most] = [Number(MinValue), Number(MaxValue)];
  const possible =
    Number.isFinite(least) &&
    Number.isFinite(most) &&
    least <= most &&
    (scale !== "Logarithmic" || least > 0) &&
    (scale !== "ReverseLogarithmic" || (least >= 0 && most < 1));
  if (possible) return { least, most, scale };
  throw new StepFailure(
    `ClientError: range of ${Name} must be numbers that ${scale} scaling is for, the smaller first, got: ${MinValue ?? ""} to ${MaxValue ?? ""}`,
  );
}

const integer = ({ least, most, scale }: Bounds): Draw => {
  if (scale !== "Logarithmic") return (share) => String(least + Math.floor(share * (most - least + 1)));
  const draw = scaled({ least, most: most + 1, scale });
  return (share) => String(Math.min(most, Math.floor(draw(share))));
};

const real = (bounds: Bounds): Draw => {
  const draw = scaled(bounds);
  return (share) => String(draw(share));
};

/** What is spread evenly is the value itself, its logarithm, or the logarithm of what it lacks to one. */
function scaled({ least, most, scale }: Bounds): (share: number) => number {
  if (scale === "Logarithmic") return (share) => least * (most / least) ** share;
  if (scale === "ReverseLogarithmic") return (share) => 1 - (1 - least) * ((1 - most) / (1 - least)) ** share;
  return (share) => least + share * (most - least);
}

/** https://docs.aws.amazon.com/sagemaker/latest/dg/automatic-model-tuning-how-it-works.html: of categories alone */
function grid({
  IntegerParameterRanges = [],
  ContinuousParameterRanges = [],
  CategoricalParameterRanges = [],
}: ParameterRanges): Tuned[] {
  const [other] = [...IntegerParameterRanges, ...ContinuousParameterRanges];
  if (other)
    throw new StepFailure(`ClientError: a grid is of categories alone, got: a range of ${other.Name ?? ""}`);
  return CategoricalParameterRanges.reduce<Tuned[]>(
    (sofar, { Name = "", Values = [] }) =>
      sofar.flatMap((one) => Values.map((value) => ({ ...one, [Name]: value }))),
    [{}],
  );
}

/** Numbers from 0 up to but not including 1, the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
