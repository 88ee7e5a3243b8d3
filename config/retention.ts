import { z } from "zod";
import { object } from "./object";

/** An execution, what it starts when it fails, and whoever looks at it, are through with their files by then. */
const least = 7;
const most = 3650;

const rule = `must be a whole number of days from ${least} to ${most}`;
const days = (what: string) =>
  z
    .int(rule)
    .min(least, rule)
    .max(most, rule)
    .optional()
    .describe(`Days after which ${what} expire. Default: never.`);

/** The key `retention` of a workload's file. */
export const retention = object({
  predictions: days("predictions and the monitor's reports of a batch"),
  splits: days("the splits that training makes of its data"),
  captures: days("rows and scores that endpoints capture"),
})
  .refine(
    ({ predictions, splits, captures }) => [predictions, splits, captures].some((days) => days !== undefined),
    'must have "predictions", "splits" or "captures"; leave the key out to keep all',
  )
  .optional()
  .describe(
    "When files with rows that pipelines and endpoints wrote to the data bucket expire. Default: never.",
  );
