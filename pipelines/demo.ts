/**
 * What a model is tried with: its data sets, and which of its parts do what in the data-drift drill. The drill trains a
 * binary classifier, whose evaluation has an AUC, and looks at what the executions' own jobs read and wrote.
 */
export interface Demo<Name extends string = string> {
  readonly dataSets: DataSets;
  /** The pipeline that registers versions, each with a data quality baseline. */
  readonly train: Name;
  /** The pipeline that checks a batch against that baseline and transforms it with the latest approved version. */
  readonly inference: Name;
  /** Parameter of the inference pipeline that holds the batch's URI. */
  readonly batchParameter: string;
  /** Trigger that runs inference on a schedule. */
  readonly scheduled: string;
  /** Trigger that trains again when data has drifted. */
  readonly retraining: string;
}

export interface DataSets {
  /** Path of the Python script that makes them all in a folder: `SCRIPT [--data FILE] --out DIR`. */
  readonly script: string;
  /** Where training files lie in the data bucket: a prefix that ends in a slash. */
  readonly trainingPrefix: string;
  /** The first version's training file, and the one that joins it for the next. */
  readonly training: { readonly first: string; readonly later: string };
  readonly batchPrefix: string;
  /** A batch that inference takes, and one that its monitor must refuse. */
  readonly batch: { readonly clean: string; readonly drifted: string };
}
