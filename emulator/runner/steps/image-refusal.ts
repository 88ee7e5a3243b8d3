import { imageProblem, programOf } from "../jobs/images";
import { scriptOfTraining } from "../jobs/script";
import { StepFailure } from "../execution/failure";

interface Container {
  readonly Image?: unknown;
}

/** Where requests name images. */
interface Request {
  readonly AppSpecification?: { readonly ImageUri?: unknown; readonly ContainerEntrypoint?: unknown };
  readonly AlgorithmSpecification?: {
    readonly TrainingImage?: unknown;
    readonly ContainerEntrypoint?: unknown;
  };
  readonly HyperParameters?: Readonly<Record<string, unknown>>;
  /** Of a tuning job. */
  readonly TrainingJobDefinition?: Pick<Request, "AlgorithmSpecification"> & {
    readonly StaticHyperParameters?: Readonly<Record<string, unknown>>;
  };
  readonly PrimaryContainer?: Container;
  readonly Containers?: readonly Container[];
  readonly InferenceSpecification?: { readonly Containers?: readonly Container[] };
}

/** Why a step cannot run with its image, if the definition tells which that is. */
export function imageRefusal(step: string, type: string, request: Request): string | undefined {
  const problem = problemOf(request);
  if (problem) return `Step ${step}: ${problem}`;
  const { AppSpecification: app, AlgorithmSpecification: algorithm } = request;
  const hasEntryPoint = app?.ContainerEntrypoint ?? algorithm?.ContainerEntrypoint;
  const image = hasEntryPoint ? undefined : (app?.ImageUri ?? trainingImage(request));
  const use = ["Training", "Tuning"].includes(type) ? "training" : "processing";
  if (typeof image !== "string" || programOf(image, use, hasScript(request))) return undefined;
  return `Step ${step} runs the image ${image} without an entry point, and the runner does not have its program`;
}

const hasScript = ({ HyperParameters, TrainingJobDefinition }: Request): boolean =>
  scriptOfTraining(HyperParameters ?? TrainingJobDefinition?.StaticHyperParameters) !== undefined;

/** The same when the step runs, and every reference is resolved. @throws StepFailure */
export function requireImages(request: Request): void {
  const problem = problemOf(request);
  if (problem) throw new StepFailure(`ClientError: ${problem}`);
}

const trainingImage = ({ AlgorithmSpecification, TrainingJobDefinition }: Request): unknown =>
  AlgorithmSpecification?.TrainingImage ?? TrainingJobDefinition?.AlgorithmSpecification?.TrainingImage;

const problemOf = (request: Request): string | undefined =>
  imagesOf(request)
    .map((image) => (typeof image === "string" ? imageProblem(image) : undefined))
    .find((problem) => problem !== undefined);

function imagesOf(request: Request): unknown[] {
  const { AppSpecification, PrimaryContainer, Containers = [], InferenceSpecification } = request;
  const containers = [...Containers, ...(InferenceSpecification?.Containers ?? [])];
  return [
    AppSpecification?.ImageUri,
    trainingImage(request),
    PrimaryContainer?.Image,
    ...containers.map(({ Image }) => Image),
  ];
}
