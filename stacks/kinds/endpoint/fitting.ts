import type { z } from "zod";
import type { GivenSettings } from "./settings";

type Key = keyof GivenSettings;

/** What AWS gives the other kinds of endpoint and not this one. https://docs.aws.amazon.com/sagemaker/latest/dg/serverless-endpoints.html */
const excluded: Readonly<Record<"serverless" | "asynchronous", Partial<Record<Key, string>>>> = {
  serverless: {
    asynchronous: "an endpoint is one or the other",
    instanceType: "AWS chooses the machines",
    instances: "AWS chooses the machines",
    capturePercent: "AWS captures nothing of such an endpoint",
    rollout: "AWS replaces such an endpoint all at once, and has no alarms roll it back",
  },
  asynchronous: { capturePercent: "all rows and scores are in the data bucket anyway" },
};

/** AWS answers within a minute. https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpoint.html */
const longestAnswer = 60_000;

/** Says of each setting that does not fit the kind of endpoint what is wrong with it. */
export function refuseWhatDoesNotFit(given: GivenSettings, context: z.core.$RefinementCtx): void {
  const refuse = (message: string, ...path: string[]): void => {
    context.addIssue({ code: "custom", path, message });
  };
  const kind = given.serverless ? "serverless" : given.asynchronous ? "asynchronous" : undefined;
  for (const [key, reason] of Object.entries(kind ? excluded[kind] : {}))
    if (given[key as Key] !== undefined) refuse(`must not stand beside "${kind}": ${reason}`, key);
  const { instances: { min = 1, invocationsPerMinute } = {}, rollout } = given;
  if (given.asynchronous !== undefined && invocationsPerMinute !== undefined)
    refuse(
      'must not stand beside "asynchronous", where what waits counts: backlogPerInstance',
      "instances",
      "invocationsPerMinute",
    );
  if (given.asynchronous === undefined && min === 0)
    refuse("must be a whole number from 1 to 100: none is for an asynchronous endpoint", "instances", "min");
  if (rollout !== undefined && rollout.type !== "all at once" && min <= 1)
    refuse('must be "all at once" where one instance serves, of which there is no part', "rollout", "type");
  if (given.asynchronous === undefined && (given.alarms?.latencyMilliseconds ?? 0) > longestAnswer)
    refuse(`must be a whole number from 1 to ${longestAnswer}`, "alarms", "latencyMilliseconds");
}
