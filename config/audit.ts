import { z } from "zod";
import { bucketName, emails } from "./formats";
import { object } from "./object";

const oneOf = 'must have either "bucket" or "create", and not both';

/** The key `audit` of an account's file: its presence switches the account's trail on. */
export const audit = object({
  bucket: bucketName
    .optional()
    .describe(
      "Bucket that stands already and lets this account's CloudTrail write, such as a log archive's.",
    ),
  create: z
    .literal(true, "must be true; leave the key out to name a bucket")
    .optional()
    .describe("Whether the account makes a bucket of its own for its trail."),
  alertEmails: emails
    .default([])
    .describe(
      "E-mail addresses that hear of approvals by others than approvers, of keys and trails that are ended.",
    ),
})
  .refine(({ bucket, create }) => (bucket === undefined) !== (create === undefined), oneOf)
  .optional()
  .describe(
    "A trail of what is done in this account, with each object of its buckets that is read or written. Default: none.",
  );
