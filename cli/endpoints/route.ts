import type { DescribeModelPackageCommandOutput } from "@aws-sdk/client-sagemaker";
import { acceptsArtifact } from "../../deploy/releases/acceptable";
import { describeVersion } from "../../operate/model-packages";
import type { Applier } from "../../stacks/kind";
import { acceptedVersions, trainerOf } from "../../stacks/model-versions";
import { upstreamOf } from "../../stacks/topology";
import type { Context } from "../context";
import { UsageError } from "../errors";
import { parsePackageArn, servingOf, type RouteStep, type VersionAddress } from "./packages";
import { trainerRole } from "./target";
import { evaluationOf, evaluatorOf, registryClient } from "./version";

/** Where a version goes. */
export interface Route extends VersionAddress {
  readonly steps: readonly RouteStep[];
}

/**
 * The endpoints that a version goes to, in the order of promotion: of the environment that trained it, and of those that its models
 * reach from there. For the CI server: those to which it releases.
 * @param accounts in which the caller releases, and with whose role it reads the version. @default any
 * @throws UsageError for what is no version of the estate's, and where the CI server cannot go all that way; Error for a version from elsewhere
 */
export async function routeOf(
  context: Context,
  arn: string,
  by: Applier,
  accounts?: readonly string[],
): Promise<Route> {
  const address = parsePackageArn(context.estate, arn);
  const serving = servingOf(context.estate, address);
  const releasing = serving.filter((step) => isReleasedBy(by, step));
  const reader = releasing.find(({ environment }) => accounts?.includes(environment.account)) ?? releasing[0];
  if (!reader) return { ...address, steps: [] };
  const client = await registryClient(context, { workload: reader.environment, by });
  const version = await describeVersion(client, arn);
  const accepting = acceptingOf(context, address, serving, version);
  const steps = accepting.filter((step) => isReleasedBy(by, step));
  if (by === "ci") refuseDeadEnds(context, accepting, version);
  return { ...address, steps };
}

const isReleasedBy = (by: Applier, { environment: { ci } }: RouteStep): boolean =>
  by === "administrator" || ci !== undefined;

function acceptingOf(
  { estate }: Context,
  { registry, models }: VersionAddress,
  serving: readonly RouteStep[],
  { ModelPackageArn: arn = "", InferenceSpecification }: Partial<DescribeModelPackageCommandOutput>,
): RouteStep[] {
  const modelData = InferenceSpecification?.Containers?.[0]?.ModelDataUrl ?? "";
  const accepting = serving.filter(({ environment, model }) =>
    acceptsArtifact(acceptedVersions(estate, environment, model), modelData),
  );
  if (accepting.length > 0 || trainerOf(estate, registry, models, modelData)) return accepting;
  throw new Error(
    `Model package ${arn} must have its artifact where an environment keeps versions, has ${modelData || "none"}`,
  );
}

/** What would end midway is not begun. */
function refuseDeadEnds(
  { estate }: Context,
  accepting: readonly RouteStep[],
  version: Partial<DescribeModelPackageCommandOutput>,
): void {
  for (const { environment } of accepting.filter((step) => isReleasedBy("ci", step))) {
    const before = upstreamOf(estate, environment);
    const gap = accepting.find(({ environment: each }) => each.ci === undefined && before.includes(each));
    if (gap)
      throw new UsageError(
        `The version comes to ${environment.name} by way of ${gap.environment.name}, which names no "ci": the CI server cannot release there`,
      );
    trainerRole(
      estate,
      { workload: environment, by: "ci" },
      evaluatorOf(estate, evaluationOf(version) ?? ""),
    );
  }
}
