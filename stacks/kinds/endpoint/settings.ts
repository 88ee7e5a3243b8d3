import { createHash } from "node:crypto";
import { z } from "zod";
import { object } from "../../../config/object";
import type { WorkloadEnvironment } from "../../../config/schema";
import type { ModelDefinition } from "../../../pipelines/model";
import { settingsOf } from "../../topology";

export const whole = (least: number, most: number) => {
  const rule = `must be a whole number from ${least} to ${most}`;
  return z.int(rule).min(least, rule).max(most, rule);
};

export const instanceType = z
  .string("must be an instance type, such as ml.m5.large")
  .regex(/^ml\.[a-z0-9-]+\.[a-z0-9]+$/, "must be an instance type, such as ml.m5.large");

const mostInstances = 100;

const instances = object({
  min: whole(1, mostInstances)
    .default(1)
    .describe("How many there are at least; two stand in two zones. Default: 1."),
  max: whole(1, mostInstances).optional().describe("How many there may be. Default: as many as at least."),
  invocationsPerMinute: whole(1, 1_000_000)
    .default(1000)
    .describe("Invocations of each instance in a minute above which another is added. Default: 1000."),
})
  .refine(({ min, max = min }) => min <= max, { error: "must not be less than min", path: ["max"] })
  .prefault({});

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
}).prefault({});

const alarms = object({
  errors: whole(0, 1_000_000)
    .default(0)
    .describe("Invocations in a minute that may end with an error, unusable rows included. Default: 0."),
  latencyMilliseconds: whole(1, 60_000)
    .default(1000)
    .describe("What nine of ten invocations take at most. Default: 1000."),
}).prefault({});

/** `models.<model>.endpoint` */
export const endpointSettings = object({
  instanceType: instanceType.default("ml.m5.large").describe("Machines that serve. Default: ml.m5.large."),
  instances: instances.describe("How many machines there are."),
  capturePercent: whole(0, 100)
    .default(100)
    .describe("Invocations whose rows and scores are kept in the data bucket, in percent. Default: 100."),
  rollout: rollout.describe("How a new version takes over."),
  alarms: alarms.describe("What rolls an update back."),
})
  .refine(({ rollout: { type }, instances: { min } }) => type === "all at once" || min > 1, {
    error: 'must be "all at once" where one instance serves, of which there is no part',
    path: ["rollout", "type"],
  })
  .describe("An endpoint that serves the version which was last released (mlops endpoints deploy).");

export type EndpointSettings = z.output<typeof endpointSettings>;

/** @throws Error where the model has no endpoint there */
export function endpointSettingsOf(workload: WorkloadEnvironment, model: ModelDefinition): EndpointSettings {
  const { endpoint } = settingsOf(workload, model);
  if (endpoint === undefined) throw new Error(`environment ${workload.name} does not serve ${model.name}`);
  return endpoint as EndpointSettings;
}

/** Stands for everything that a configuration says beside its version: it is made anew when any of that changes. */
export const settingsHash = (configuration: object): string =>
  createHash("sha256").update(JSON.stringify(configuration)).digest("hex").slice(0, 8);
