import { releaseKey } from "../../../core/releases";
import { recordedReleases } from "../../../operate/endpoints";
import { servedHash } from "../../../stacks/kinds/endpoint/served";
import { documented, type AddCommand } from "../../command";
import { runRelease } from "../../endpoints/run-release";
import { findEndpoint } from "../../endpoints/target";
import { UsageError } from "../../errors";

export const addRollback: AddCommand = (parent, act) => {
  documented(parent, "rollback", {
    summary: "Release once more what served before",
    examples: ["endpoints rollback prod mammo-severity"],
  })
    .argument("<env>", "environment that serves the model")
    .argument("<model>", "model, as its folder in pipelines/ is called")
    .option("--yes <stack>", "the endpoint's stack, instead of typing its id when asked")
    .action(
      act(async (context, env: string, model: string, { yes }: { readonly yes?: string }) => {
        const target = await findEndpoint(context, env, model);
        const [, before] = await recordedReleases(target.ssm, target.names.parameter);
        if (!before) throw new UsageError(`Nothing served ${model} in ${env} before what serves now`);
        const settings = servedHash(context.estate, target.workload, target.model);
        return runRelease(context, target, { ...before, key: releaseKey(before.version, settings) }, { yes });
      }),
    );
};
