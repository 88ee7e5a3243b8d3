import { acceptableRelease } from "../../../deploy/releases/acceptable";
import { recordedReleases } from "../../../operate/endpoints";
import { describeVersion } from "../../../operate/model-packages";
import { servedHash } from "../../../stacks/kinds/endpoint/served";
import { acceptedVersions } from "../../../stacks/model-versions";
import { documented, type AddCommand } from "../../command";
import { runRelease } from "../../endpoints/run-release";
import { findEndpoint, type EndpointTarget } from "../../endpoints/target";
import type { Context } from "../../context";
import { UsageError } from "../../errors";
import { chooseVersion, findRegisteredModel } from "../../models/versions";

interface Options {
  readonly yes?: string;
}

export const addDeploy: AddCommand = (parent, act) => {
  documented(parent, "deploy", {
    summary: "Release a version to an endpoint: plan, apply, see that it serves, test it, record it",
    details:
      "Without a version: the one that serves, with the settings that the environment's file has now. " +
      "A version is released that is approved and tested: by invocations over the rows that it was evaluated on, which must score as well as " +
      "they did. Whatever fails is taken back, and exits with 1; what served goes on all the while.",
    examples: [
      "endpoints deploy prod mammo-severity 2",
      "endpoints deploy prod mammo-severity 2 --yes prod-mammo-severity-endpoint",
    ],
  })
    .argument("<env>", "environment that serves the model")
    .argument("<model>", "model, as its folder in pipelines/ is called")
    .argument("[version]", "number, or ARN of its model package")
    .option("--yes <stack>", "the endpoint's stack, instead of typing its id when asked")
    .action(
      act(async (context, env: string, model: string, version: string | undefined, { yes }: Options) => {
        const target = await findEndpoint(context, env, model);
        return runRelease(context, target, await releaseOf(context, target, version), yes);
      }),
    );
};

async function releaseOf(context: Context, target: EndpointTarget, given: string | undefined) {
  const { workload, model } = target;
  const arn = await packageOf(context, target, given);
  const registered = await findRegisteredModel(context, workload.name, model.name);
  const described = await describeVersion(registered.sagemaker, arn);
  return acceptableRelease(
    described,
    acceptedVersions(context.estate, workload, model),
    servedHash(context.estate, workload, model),
  );
}

/** ARN of the version that is meant. @throws UsageError where there is none */
async function packageOf(
  context: Context,
  { workload, model, names, ssm }: EndpointTarget,
  given: string | undefined,
): Promise<string> {
  if (given?.startsWith("arn:")) return given;
  if (given !== undefined) {
    const registered = await findRegisteredModel(context, workload.name, model.name);
    return chooseVersion(registered, given, { where: () => false, words: "version" }).modelPackageArn;
  }
  const [serves] = await recordedReleases(ssm, names.parameter);
  if (serves) return serves.modelPackageArn;
  throw new UsageError(`Which version? Nothing serves ${model.name} in ${workload.name} yet: name one`);
}
