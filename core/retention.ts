/** What holds rows and may expire, as an environment's file calls it. */
export type Expiring = "predictions" | "splits" | "captures";

/**
 * Prefixes of a model in its data bucket that nothing is read from once an execution and what answers it are over: splits of the training
 * data, what inference writes, predictions and the monitor's reports, and what endpoints capture. Source files, scripts and evaluations lie elsewhere, and stay (ADR 43).
 */
export const expiringPrefixes = (model: string): Readonly<Record<Expiring, string>> => ({
  predictions: `${model}/inference/`,
  splits: `${model}/splits/`,
  captures: `${model}/captured/`,
});

/** Prefixes, with wildcards, that hold rows and nothing that SageMaker's pipelines read by themselves, as reports and property files. */
export const rowPrefixes = (model: string): string[] => [
  `${model}/data/`,
  `${model}/splits/`,
  `${model}/inference/*/predictions/`,
];
