import { imageProblem, programOf } from "../jobs/images";
import { StepFailure } from "../execution/failure";

interface Container {
  readonly Image?: unknown;
}

/** Where requests name images. */
interface Request {
  readonly AppSpecification?: { readonly ImageUri?: unknown; readonly ContainerEntrypoint?: unknown };
  readonly AlgorithmSpecification?: { readonly TrainingImage?: unknown };
  readonly PrimaryContainer?: Container;
  readonly Containers?: readonly Container[];
  readonly InferenceSpecification?: { readonly Containers?: readonly Container[] };
}

/** Why a step cannot run with its image, if the definition tells which that is. */
export function imageRefusal(step: string, type: string, request: Request): string | undefined {
  const problem = problemOf(request);
  if (problem) return `Step ${step}: ${problem}`;
  const { AppSpecification: app, AlgorithmSpecification: algorithm } = request;
  const image = app?.ContainerEntrypoint ? undefined : (app?.ImageUri ?? algorithm?.TrainingImage);
  if (typeof image !== "string" || programOf(image, type === "Training" ? "training" : "processing"))
    return undefined;
  return `Step ${step} runs the image ${image} without an entry point, and the runner does not have its program`;
}

/** The same when the step runs, and every reference is resolved. @throws StepFailure */
export function requireImages(request: Request): void {
  const problem = problemOf(request);
  if (problem) throw new StepFailure(`ClientError: ${problem}`);
}

const problemOf = (request: Request): string | undefined =>
  imagesOf(request)
    .map((image) => (typeof image === "string" ? imageProblem(image) : undefined))
    .find((problem) => problem !== undefined);

function imagesOf({
  AppSpecification,
  AlgorithmSpecification,
  PrimaryContainer,
  Containers = [],
  InferenceSpecification,
}: Request): unknown[] {
  const containers = [...Containers, ...(InferenceSpecification?.Containers ?? [])];
  return [
    AppSpecification?.ImageUri,
    AlgorithmSpecification?.TrainingImage,
    PrimaryContainer?.Image,
    ...containers.map(({ Image }) => Image),
  ];
}
