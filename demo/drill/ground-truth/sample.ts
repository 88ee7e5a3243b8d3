/** What the act knows of the sample in Python beyond its `model.json`. */
export const sample = {
  model: "diabetes-progression",
  /** Short names of its pipelines. */
  pipelines: ["train", "inference", "monitor"],
  /** Short names of its triggers. */
  triggers: { inference: "inference-schedule", monitor: "monitor-schedule", training: "quality-retraining" },
  /** Parameter of inference that names a batch in S3. */
  batchParameter: "transform_input",
  /** What became of the people of a batch, beside the batches. */
  truth: { clean: "diabetes-truth.csv", drifted: "diabetes-truth-shifted.csv" },
  /** The metric that a population of which the model knows few makes worse. */
  worse: "rmse",
} as const;
