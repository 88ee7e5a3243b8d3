import type { WorkloadEnvironment } from "../../../config/schema";
import type { ModelDefinition } from "../../../pipelines/model";
import { settingsOf } from "../../topology";
import type { GivenSettings } from "./settings";

interface Common {
  readonly alarms: { readonly errors: number; readonly latencyMilliseconds: number };
}

interface OnInstances extends Common {
  readonly instanceType: string;
  readonly instances: { readonly min: number; readonly max: number };
  readonly rollout: NonNullable<GivenSettings["rollout"]>;
}

interface RealTimeSettings extends OnInstances {
  readonly kind: "real-time";
  readonly capturePercent: number;
  readonly invocationsPerMinute: number;
}

interface AsynchronousSettings extends OnInstances {
  readonly kind: "asynchronous";
  readonly asynchronous: NonNullable<GivenSettings["asynchronous"]>;
}

interface ServerlessSettings extends Common {
  readonly kind: "serverless";
  readonly serverless: NonNullable<GivenSettings["serverless"]>;
}

/** What an environment file says of an endpoint, with what it leaves out. */
export type EndpointSettings = RealTimeSettings | ServerlessSettings | AsynchronousSettings;

/** @throws Error where the model has no endpoint there */
export function endpointSettingsOf(workload: WorkloadEnvironment, model: ModelDefinition): EndpointSettings {
  const { endpoint } = settingsOf(workload, model);
  if (endpoint === undefined) throw new Error(`environment ${workload.name} does not serve ${model.name}`);
  return completed(endpoint as GivenSettings);
}

function completed({ serverless, asynchronous, alarms, ...given }: GivenSettings): EndpointSettings {
  const { errors = 0, latencyMilliseconds = asynchronous ? 60_000 : 1000 } = alarms ?? {};
  const common = { alarms: { errors, latencyMilliseconds } };
  if (serverless) return { kind: "serverless", serverless, ...common };
  const { min = 1, max = Math.max(1, min), invocationsPerMinute = 1000 } = given.instances ?? {};
  const { instanceType = "ml.m5.large", capturePercent = 100 } = given;
  const { rollout = { type: "all at once", percent: 50, waitMinutes: 5 } } = given;
  const onInstances = { ...common, instanceType, instances: { min, max }, rollout };
  return asynchronous
    ? { kind: "asynchronous", asynchronous, ...onInstances }
    : { kind: "real-time", capturePercent, invocationsPerMinute, ...onInstances };
}
