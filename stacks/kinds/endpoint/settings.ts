import { z } from "zod";
import { object } from "../../../config/object";
import { refuseWhatDoesNotFit } from "./fitting";

export const whole = (least: number, most: number) => {
  const rule = `must be a whole number from ${least} to ${most}`;
  return z.int(rule).min(least, rule).max(most, rule);
};

export const instanceType = z
  .string("must be an instance type, such as ml.m5.large")
  .regex(/^ml\.[a-z0-9-]+\.[a-z0-9]+$/, "must be an instance type, such as ml.m5.large");

const mostInstances = 100;

const instances = object({
  min: whole(0, mostInstances)
    .default(1)
    .describe(
      "How many there are at least; two stand in two zones. An asynchronous endpoint may have none. Default: 1.",
    ),
  max: whole(1, mostInstances).optional().describe("How many there may be. Default: as many as at least."),
  invocationsPerMinute: whole(1, 1_000_000)
    .optional()
    .describe("Invocations of each instance in a minute above which another is added. Default: 1000."),
}).refine(({ min, max = min }) => min <= max, { error: "must not be less than min", path: ["max"] });

const rolloutTypes = ["all at once", "canary", "linear"] as const;

const rollout = object({
  type: z
    .enum(rolloutTypes, `must be one of ${rolloutTypes.map((type) => `"${type}"`).join(", ")}`)
    .default("all at once")
    .describe("How traffic goes over to a new version. Default: all at once."),
  percent: whole(5, 50)
    .default(50)
    .describe("Capacity that a canary, or each step of a linear rollout, gets first. Default: 50."),
  waitMinutes: whole(0, 60)
    .default(5)
    .describe("Minutes in which alarms may roll each step back. Default: 5."),
});

const alarms = object({
  errors: whole(0, 1_000_000)
    .default(0)
    .describe("Invocations in a minute that may end with an error, unusable rows included. Default: 0."),
  latencyMilliseconds: whole(1, 3_600_000)
    .optional()
    .describe(
      "What nine of ten invocations take at most, up to 60000, of an asynchronous endpoint up to 3600000. Default: 1000, and 60000.",
    ),
});

const memorySizes = [1024, 2048, 3072, 4096, 5120, 6144] as const;

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProductionVariantServerlessConfig.html */
const serverless = object({
  memoryMb: z
    .literal(memorySizes, `must be one of ${memorySizes.join(", ")}`)
    .default(2048)
    .describe("Memory of each copy of the model, in MB; processors come with it. Default: 2048."),
  maxConcurrency: whole(1, 200)
    .default(5)
    .describe("Invocations side by side; AWS refuses further ones. Default: 5."),
  provisionedConcurrency: whole(1, 200)
    .optional()
    .describe("Copies that are kept warm, paid for by the hour. Default: none."),
}).refine(({ maxConcurrency, provisionedConcurrency = 0 }) => provisionedConcurrency <= maxConcurrency, {
  error: "must not be more than maxConcurrency",
  path: ["provisionedConcurrency"],
});

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AsyncInferenceClientConfig.html */
const asynchronous = object({
  maxConcurrentInvocationsPerInstance: whole(1, 1000)
    .optional()
    .describe("Requests that an instance works on side by side. Default: SageMaker chooses."),
  backlogPerInstance: whole(1, 1_000_000)
    .default(5)
    .describe("Requests that wait, for each instance, above which another is added. Default: 5."),
});

/** What is left out at the top is for `endpointSettingsOf` to complete: each kind of endpoint has defaults of its own. */
const given = object({
  instanceType: instanceType.optional().describe("Machines that serve. Default: ml.m5.large."),
  instances: instances.optional().describe("How many machines there are."),
  capturePercent: whole(0, 100)
    .optional()
    .describe("Invocations whose rows and scores are kept in the data bucket, in percent. Default: 100."),
  rollout: rollout.optional().describe("How a new version takes over."),
  alarms: alarms.optional().describe("What rolls an update back."),
  serverless: serverless
    .optional()
    .describe("Serves without machines of its own, paid for by the invocation. Default: machines serve."),
  asynchronous: asynchronous
    .optional()
    .describe(
      "Rows come from S3 and scores go there, as machines get to them. Default: they answer at once.",
    ),
});

export type GivenSettings = z.output<typeof given>;

/** `models.<model>.endpoint` */
export const endpointSettings = given
  .superRefine(refuseWhatDoesNotFit)
  .describe("An endpoint that serves the version which was last released (mlops endpoints deploy).");
