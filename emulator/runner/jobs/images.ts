import { createHash } from "node:crypto";
import { join } from "node:path";
import { containerImages, type ImageRepository } from "../../../core/container-images";
import { noMetrics, xgboostMetrics, type MetricReader } from "./metrics";
import { ownContainer } from "./own-container";

const programs = join(__dirname, "../../containers");

/** What a container runs by itself, by what it is asked to do; `version` is that of its tag. */
interface Image {
  /** The version that this machine's environment is of (ADR 14). */
  readonly here?: string;
  /** Whether it trains and serves with a script of somebody's own. */
  readonly scripts?: boolean;
  readonly processing?: (version: string) => readonly string[];
  readonly training?: (version: string) => readonly string[];
  readonly transform?: (version: string) => readonly string[];
  /** What SageMaker knows of the metrics that its algorithm tells. */
  readonly metrics?: MetricReader;
}

export type ImageUse = "processing" | "training" | "transform";

const pythonModule =
  (name: string, ...args: readonly string[]) =>
  (version: string): readonly string[] => [
    "env",
    `PYTHONPATH=${programs}`,
    ...(version ? [`IMAGE_VERSION=${version}`] : []),
    "python3",
    "-m",
    name,
    ...args,
  ];

/** AWS's images that the runner stands in for (emulator/containers), by repository. */
const images: Readonly<Record<string, Image>> = {
  [containerImages["model-monitor"].repository]: { processing: pythonModule("model_monitor") },
  [containerImages["scikit-learn"].repository]: { here: "1.4-2", scripts: true },
  [containerImages.xgboost.repository]: {
    here: "3.0-5",
    scripts: true,
    training: pythonModule("xgboost_image", "train"),
    transform: pythonModule("xgboost_image", "transform"),
    metrics: xgboostMetrics,
  },
};

/** What an image does with a script, by what it is asked to do (`emulator/containers/script_mode`). */
const withScript = (repository: string, use: ImageUse): readonly string[] | undefined => {
  const python = {
    training: pythonModule("script_mode", "train"),
    transform: pythonModule("own_container", "transform", join(programs, "script_mode/image")),
    processing: undefined,
  }[use];
  return python && ["env", `FRAMEWORK=${repository}`, ...python("").slice(1)];
};

/** `683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1`, in its parts. */
interface ImageUri {
  /** Undefined where the registry is not ECR. */
  readonly registry: { readonly account: string; readonly region: string } | undefined;
  readonly repository: string;
  /** Without the processor and Python that some of AWS's tags end with; empty where there is none. */
  readonly version: string;
  readonly digest: string | undefined;
}

function partsOf(uri: string): ImageUri {
  const [, account = "", region = ""] = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com/.exec(uri) ?? [];
  const [, repository = "", tag = "", digest] =
    /([^/:@]*)(?::([^@]*))?(?:@(.*))?$/.exec(uri.slice(uri.lastIndexOf("/") + 1)) ?? [];
  const version = (tag || tagOf(repository, digest)).replace(/-cpu-py3$/, "");
  return { registry: account ? { account, region } : undefined, repository, version, digest };
}

/** The tag that local AWS's registry gave a digest for (`sagemaker/image_digests.py`), if it is one of AWS's. */
function tagOf(repository: string, digest: string | undefined): string {
  const known = published.find((each) => each.repository === repository)?.versions ?? [];
  const tags = known.flatMap((version) => [version, `${version}-cpu-py3`]);
  return tags.find((tag) => digest === digestOf(`${repository}:${tag}`)) ?? "";
}

const digestOf = (image: string): string => `sha256:${createHash("sha256").update(image).digest("hex")}`;

const published: readonly ImageRepository[] = Object.values(containerImages);
const accountsOfAws = new Set(published.flatMap(({ accounts }) => Object.values(accounts)));

/**
 * What is wrong with an image in a registry of AWS's: a version that AWS has not, or an account that is not its region's.
 * Somebody's own images, and copies of AWS's in a registry of their own, are theirs to know.
 */
export function imageProblem(uri: string): string | undefined {
  const { registry, repository, version, digest } = partsOf(uri);
  const image = published.find((each) => each.repository === repository);
  if (!image || !registry || !accountsOfAws.has(registry.account)) return undefined;
  const account = image.accounts[registry.region];
  if (account === undefined)
    return `AWS publishes no ${repository} in region ${registry.region}, got: ${uri}`;
  if (account !== registry.account)
    return `AWS publishes ${repository} of ${registry.region} in account ${account}, got: ${uri}`;
  if (isKnown(image, version)) return undefined;
  if (version === "" && digest !== undefined)
    return `the runner knows ${repository} by its versions, not by digests, got: ${uri}`;
  return `AWS publishes no such version of ${repository} (its SDK knows ${image.versions.join(", ") || "no tags"}), got: ${uri}`;
}

const isKnown = ({ versions }: ImageRepository, version: string): boolean =>
  (versions.length > 0 ? versions : ["", "latest"]).includes(version);

/**
 * The program that an image runs when no entry point is given, if the runner has it in that version. An image of one's own is trained with
 * its `train`, as SageMaker does it, and scores with its `serve`.
 * @param hasScript whether it is to train or serve with a script of somebody's own
 */
export function programOf(uri: string, use: ImageUse, hasScript = false): readonly string[] | undefined {
  const { registry, repository, version } = partsOf(uri);
  const image = published.find((each) => each.repository === repository);
  if (image && !isKnown(image, version)) return undefined;
  const stand = images[repository];
  if (stand?.scripts && hasScript) return withScript(repository, use);
  if (image) return stand?.[use]?.(version);
  const folder = registry && ownContainer(repository);
  if (folder === undefined) return undefined;
  const own = {
    training: ["sh", "-c", 'PATH="$0:$PATH" PYTHONPATH="$0" exec train', folder],
    transform: [...pythonModule("own_container", "transform")(""), folder],
    processing: undefined,
  } as const;
  return own[use];
}

/** Whether a batch is to be CSV, for it is scored by an algorithm of AWS's. */
export const scoresCsvAlone = (uri: string, hasScript: boolean): boolean =>
  !hasScript && images[partsOf(uri).repository]?.transform !== undefined;

/** What reads the metrics of a built-in algorithm from its log. */
export const metricsOf = (uri: string): MetricReader => images[partsOf(uri).repository]?.metrics ?? noMetrics;

/** What to know of a job's log where the image is of another version than this machine's environment. */
export function versionNote(uri: string): string | undefined {
  const { repository, version } = partsOf(uri);
  const here = images[repository]?.here;
  if (here === undefined || version === here) return undefined;
  return `Note: the image is ${repository}:${version}; on this machine its libraries are those of ${here}`;
}
