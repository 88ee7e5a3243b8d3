/** Where a model's files lie in the central artifacts bucket: below the environment that made them, then the model. */
export interface ArtifactPrefixes {
  /** What executions write. */
  readonly runs: string;
  /** Copies of what was registered, each written once and by the sealing function alone. */
  readonly versions: string;
}

export const artifactPrefixes = (environment: string, model: string): ArtifactPrefixes => ({
  runs: `${environment}/${model}/runs/`,
  versions: `${environment}/${model}/versions/`,
});

const formerFolders = ["models", "baselines"];

/**
 * Where a model's files lay before environments had prefixes of their own. Nobody may write there any more, and versions
 * registered from there stay usable.
 */
export const formerPrefixes = (model: string): string[] =>
  formerFolders.map((folder) => `${model}/${folder}/`);

/** Where the sealing function of a model in an environment takes files from, and keeps them: its settings. */
export interface SealingPlaces {
  /** `s3://bucket/prefix/` that executions write below. */
  readonly runs: string;
  /** `s3://bucket/prefix/` that nothing is overwritten below. */
  readonly versions: string;
  /** Alias ARN of the key that encrypts what is kept. */
  readonly key: string;
}

/** What a version may consist of, for the function that looks the latest up. S3 URIs end with a slash. */
export interface AcceptedVersions {
  /** Repositories, each with its registry: `<account>.dkr.ecr.<region>.<suffix>/<name>`. */
  readonly images: readonly string[];
  /** The artifacts bucket. */
  readonly bucket: string;
  /** The model's name. */
  readonly model: string;
  /** Where the files of versions are kept, for each environment whose models come here. */
  readonly versions: readonly string[];
  /** Where files of versions lie that were registered before any were kept so. */
  readonly former: readonly string[];
}
