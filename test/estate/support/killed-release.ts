import {
  CreateEndpointCommand,
  ListEndpointConfigsCommand,
  SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { endpointNames } from "../../../core/naming";
import { releaseLock } from "../../../deploy/estate/unlock";
import type { AppliedEstate } from "../../support/applied-estate";
import { mlops, type RunningCommand } from "../../support/mlops";
import { tools } from "../../support/tools";
import { untilEnded, untilRunning } from "../../support/processes";
import type { Wanted, WireProxy } from "../../support/wire/proxy";
import type { ServingEstate } from "./serving-estate";

interface Phase {
  /** What is asked of AWS in it. */
  readonly asks: Wanted;
  /** Whether Terraform asks it, and what becomes of that. */
  readonly terraform?: "goes on" | "dies too";
}

/** Phases of a release that can be told apart from outside, in their order. */
export const phasesOf = (stack: string): Readonly<Record<string, Phase>> => ({
  plans: { asks: { session: stack, action: "DescribeEndpointConfig" }, terraform: "goes on" },
  applies: { asks: { session: stack, action: "UpdateEndpoint" }, terraform: "dies too" },
  "looks at what serves": {
    asks: { action: "DescribeEndpoint", where: ({ userAgent }) => userAgent.includes("aws-sdk-js") },
  },
  tests: { asks: { action: /^POST \/endpoints\/[\w-]+\/invocations$/ } },
  records: { asks: { action: "PutParameter" } },
});

/** Ends a release by `kill -9` once it asks that, which AWS gets from nobody but a Terraform that goes on. */
export async function killedIn(
  wire: WireProxy,
  { asks, terraform }: Phase,
  release: () => RunningCommand,
): Promise<void> {
  const hold = wire.hold(asks);
  const command = release();
  await hold.reachedDuring(command);
  const working = terraform && (await untilRunning(`sessions/${command.pid ?? "?"}-`));
  process.kill(command.pid ?? 0, "SIGKILL");
  await command;
  if (working !== undefined && terraform === "dies too") process.kill(-working, "SIGKILL");
  if (terraform !== "goes on") await hold.untilAbandoned();
  hold.release();
  if (working !== undefined) await untilEnded(working);
}

/** Releases the lock that a killed Terraform holds. @returns whether there was one */
export async function unlocked({ accounts, directoryOf, stack }: ServingEstate): Promise<boolean> {
  const held = await (await accounts.stateOf(stack)).lock();
  const runs = { tool: tools().terraform, directoryOf };
  if (held) await releaseLock({ runs, accounts }, stack, { held, id: held.id });
  return held !== undefined;
}

/**
 * Leaves what the first release does where it is killed once AWS has begun to make the endpoint: that, its configuration and its model, which no
 * state knows.
 */
export async function killedAsAwsMakesTheEndpoint(
  applied: AppliedEstate,
  serving: ServingEstate,
  version: string,
): Promise<void> {
  const { environments, stack } = serving;
  const wire = await applied.startWire();
  const creating = { session: stack.id, action: "CreateEndpoint" };
  await killedIn(wire, { asks: creating, terraform: "dies too" }, () =>
    mlops(["endpoints", "deploy", "prod", "mammo-severity", version, "--yes", stack.id], { environments }),
  );
  wire.stop();
  process.env.AWS_ENDPOINT_URL = applied.localAws.endpoint;
  expect(await unlocked(serving)).toBe(true);
  const { endpoint } = endpointNames("mlops", "mammo-severity");
  const sagemaker = new SageMakerClient(await applied.access("prod"));
  const { EndpointConfigs = [] } = await sagemaker.send(
    new ListEndpointConfigsCommand({ NameContains: endpoint }),
  );
  const [EndpointConfigName] = EndpointConfigs.flatMap((each) => each.EndpointConfigName ?? []);
  await sagemaker.send(new CreateEndpointCommand({ EndpointName: endpoint, EndpointConfigName }));
}
