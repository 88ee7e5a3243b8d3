/** Where a model's monitor reads what became of what was predicted. */
export interface GroundTruth {
  /** Of the data bucket; ends in a slash. Files below it are CSV (id, value), and their names begin with when they arrived. */
  readonly prefix: string;
}
