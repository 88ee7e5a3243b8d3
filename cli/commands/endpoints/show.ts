import { documented, type AddCommand } from "../../command";
import { standingOf, type Standing } from "../../endpoints/standing";
import { findEndpoint } from "../../endpoints/target";
import { timeOf } from "../../format";
import { factsOf } from "../../table";

export const addShow: AddCommand = (parent, act) => {
  documented(parent, "show", {
    summary: "Show an endpoint: what serves, since when, and what served before",
    examples: ["endpoints show prod mammo-severity"],
  })
    .argument("<env>", "environment that serves the model")
    .argument("<model>", "model, as its folder in pipelines/ is called")
    .action(
      act(async (context, env: string, model: string) => {
        const standing = await standingOf(await findEndpoint(context, env, model));
        return { json: standing, text: describe(standing) };
      }),
    );
};

const describe = (standing: Standing): string =>
  factsOf({
    Endpoint: standing.endpoint,
    Serves: servesOf(standing),
    Status: standing.status ?? "nothing is released yet",
    Version: standing.release
      ? `${standing.release.version} (${standing.release.modelPackageArn})`
      : undefined,
    Before: standing.before ? String(standing.before.version) : undefined,
    Configuration: standing.configuration ?? undefined,
    Differs: standing.asRecorded ? undefined : "what serves is not what is recorded: plan its stack",
    "Last failure": standing.failureReason ?? undefined,
    Instances: standing.instances === null ? undefined : String(standing.instances),
    Captured: standing.kind === "real-time" ? capturedOf(standing) : undefined,
    "Last changed": timeOf(standing.lastModifiedAt ?? undefined),
  }).join("\n");

function servesOf({ kind, serverless }: Standing): string {
  if (kind === "asynchronous") return "asynchronous, by way of S3";
  if (!serverless) return kind;
  return `${kind}, ${serverless.memoryMb} MB, up to ${serverless.maxConcurrency} invocations at once`;
}

const capturedOf = ({ capturePercent }: Standing): string =>
  capturePercent === null ? "nothing" : `${capturePercent} % of invocations`;
