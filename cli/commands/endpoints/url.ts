import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { inferenceApiNames } from "../../../core/inference-api-names";
import { apiStackId } from "../../../core/stack-ids";
import { localInvokeUrl } from "../../../tools/local-aws/invoke-url";
import { documented, type AddCommand } from "../../command";
import type { Context } from "../../context";
import { UsageError } from "../../errors";
import { findModel, findWorkload } from "../../estate/find";

export const addUrl: AddCommand = (parent, act) => {
  documented(parent, "url", {
    summary: "Say where applications ask a model: the address of its API",
    details:
      "On local AWS, where that answers for it. Bodies are posted there; docs/inference-api.md has what is answered.",
    examples: ["endpoints url prod iris", "endpoints url prod iris --local"],
  })
    .argument("<env>", "environment that serves the model")
    .argument("<model>", "model, as its folder in pipelines/ is called")
    .action(
      act(async (context, env: string, model: string) => {
        const address = await addressOf(context, env, model);
        const url = (await context.isLocal())
          ? localInvokeUrl(address, process.env.AWS_ENDPOINT_URL ?? "")
          : address;
        return { json: { url }, text: url };
      }),
    );
};

/** @throws UsageError where the environment has no such API; Error where its stack was not applied */
async function addressOf(context: Context, environment: string, name: string): Promise<string> {
  const workload = findWorkload(context.estate, environment);
  const model = findModel(name);
  if (workload.models[name]?.api === undefined)
    throw new UsageError(
      `Environment ${environment} has no API of ${name}: its file has no models.${name}.api`,
    );
  const { parameter: Name } = inferenceApiNames(context.estate.shared.project, name);
  const ssm = new SSMClient(await context.access(workload));
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name })).catch((error: unknown) => {
    if ((error as Error).name !== "ParameterNotFound") throw error;
    throw new Error(`There is no parameter ${Name}: apply ${apiStackId(workload, model)} first`);
  });
  return Parameter?.Value ?? "";
}
