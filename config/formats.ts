import { z } from "zod";
import { didYouMeanRegion, regionName } from "./regions";
import { scheduleProblem } from "./schedule";

/** Rules are worded to follow the name of the value: "must be …". */
const text = (pattern: RegExp, rule: string) => z.string(rule).regex(pattern, rule);

export const accountId = text(/^\d{12}$/, "must be 12 digits in quotes");

export const region = z.string("must be an AWS region").regex(regionName, {
  error: ({ input }) => `must be an AWS region${didYouMeanRegion(input)}`,
});

/** Short enough that every name built from project and environment stays within AWS's limits. */
const shortName = /^(?=.{2,16}$)[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const shortNameRule =
  "2 to 16 lower-case letters and digits in words joined by single dashes, starting with a letter";

export const isEnvironmentName = (name: string): boolean => shortName.test(name);
export const environmentNameRule = `must be named after an environment: ${shortNameRule}`;

export const environmentReference = z.string("must be the name of an environment, in quotes");

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const reservedByS3 = /^(?:xn--|sthree-|amzn-s3-demo-)|(?:-s3alias|--ol-s3|--x-s3|--table-s3)$/;

const notReserved = <Schema extends z.ZodType<string>>(schema: Schema) =>
  schema.refine(
    (name) => !reservedByS3.test(`${name}`),
    "must not start or end with what Amazon S3 reserves",
  );

export const projectName = text(shortName, `must be ${shortNameRule}`).refine(
  (name) => !reservedByS3.test(`${name}-`),
  "must not start with what Amazon S3 reserves, because bucket names start with it",
);

/** Without dots, which S3 allows but TLS certificates do not cover. */
export const bucketName = notReserved(
  text(
    /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
    "must be a bucket name of 3 to 63 lower-case letters, digits and dashes, without dots",
  ),
);

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
export const roleName = text(
  /^[\w+=,.@-]{1,64}$/,
  "must be a role name of 1 to 64 letters, digits and +=,.@_-",
);

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html */
export const userName = text(
  /^[\w+=,.@-]{1,64}$/,
  "must be the name of a user, 1 to 64 letters, digits and +=,.@_-",
);

/** With its path, if it has one. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html */
export const policyName = text(
  /^(?:[\w+=,.@-]+\/)*[\w+=,.@-]{1,128}$/,
  "must be the name of a policy, such as Boundary or team/Boundary",
);

/**
 * Addresses as RFC 5321 writes them without quotes, in ASCII, which is what SES and SNS take: domains of other scripts in
 * Punycode. https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_Destination.html
 */
const emailPattern =
  /^(?=.{1,64}@.{1,255}$)[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*@(?:[A-Za-z\d](?:[A-Za-z\d-]{0,61}[A-Za-z\d])?\.)+(?:[A-Za-z]{2,63}|xn--[A-Za-z\d-]{0,58}[A-Za-z\d])$/;
const emailRule = "must be an e-mail address";
/** Terraform and IAM's policies read these as variables. */
const variableRule = "must not hold ${ or %{";
export const emails = z
  .array(
    z
      .email({ error: emailRule, pattern: emailPattern })
      .refine((address) => !/[$%]\{/.test(address), variableRule),
    "must be a list of e-mail addresses",
  )
  .superRefine((addresses, context) => {
    const seen = new Set<string>();
    addresses.forEach((address, index) => {
      const lower = address.toLowerCase();
      if (seen.has(lower))
        context.addIssue({ code: "custom", path: [index], message: "must not stand twice" });
      seen.add(lower);
    });
  });

export const schedule = z
  .string("must be a cron() or rate() expression")
  .superRefine((expression, context) => {
    const message = scheduleProblem(expression);
    if (message !== undefined) context.addIssue({ code: "custom", message });
  });

export const flag = z.boolean("must be true or false");

/** Keys of the tags that the stacks set on every resource. */
const reservedTagKeys = ["project", "owner", "environment", "stack", "managed-by"];

/** https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
const tagKey = text(
  /^[\p{L}\p{N} _.:/=+@-]{1,128}$/u,
  "must be a tag key of 1 to 128 letters, digits, spaces and _.:/=+-@",
)
  .refine((key) => !/^aws:/i.test(key), 'must not start with "aws:", which AWS reserves')
  .refine(
    (key) => !reservedTagKeys.includes(key.toLowerCase()),
    `must not be one of the tags that the stacks set (${reservedTagKeys.join(", ")})`,
  );

const tagCharacters = "letters, digits, spaces and _.:/=+-@";
const tagValue = text(
  /^[\p{L}\p{N} _.:/=+@-]{0,256}$/u,
  `must be a tag value of at most 256 ${tagCharacters}`,
);

/** IAM takes keys that differ only in case for the same, so they count as repeated. */
const mostTags = 40;
export const tags = z
  .record(tagKey, tagValue, "must be an object of tags")
  .refine((all) => Object.keys(all).length <= mostTags, `must be at most ${mostTags} tags`)
  .refine(
    (all) => new Set(Object.keys(all).map((key) => key.toLowerCase())).size === Object.keys(all).length,
    "must not have keys that differ only in upper and lower case",
  );

/** The owner is a tag's value too. */
export const owner = text(
  /^[\p{L}\p{N}_.:/=+@-][\p{L}\p{N} _.:/=+@-]{0,255}$/u,
  `must be 1 to 256 ${tagCharacters}`,
);
