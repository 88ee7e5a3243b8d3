import { join } from "node:path";

const programs = join(__dirname, "../../containers");

/** What a container runs by itself, by what it is asked to do. */
interface Image {
  readonly processing?: readonly string[];
  readonly training?: readonly string[];
  readonly transform?: readonly string[];
}

const pythonModule = (name: string, ...args: readonly string[]): readonly string[] => [
  "env",
  `PYTHONPATH=${programs}`,
  "python3",
  "-m",
  name,
  ...args,
];

/** Images whose own programs the runner has (emulator/containers), by repository. */
const images: Readonly<Record<string, Image>> = {
  "sagemaker-model-monitor-analyzer": { processing: pythonModule("model_monitor") },
  "sagemaker-xgboost": {
    training: pythonModule("xgboost_image", "train"),
    transform: pythonModule("xgboost_image", "transform"),
  },
};

/** Repository of an image: `sagemaker-xgboost` of `…/sagemaker-xgboost:3.0-5`. */
const repositoryOf = (uri: string): string => uri.replace(/^.*\//, "").replace(/[:@].*$/, "");

/** The program that an image runs when no entry point is given, if the runner has it. */
export const programOf = (uri: string, use: keyof Image): readonly string[] | undefined =>
  images[repositoryOf(uri)]?.[use];
