import type { ModelApprovalStatus } from "@aws-sdk/client-sagemaker";
import { callerArn } from "../../../deploy/access/caller";
import { setApproval } from "../../../operate/model-packages";
import { documented, type AddCommand } from "../../command";
import { UsageError } from "../../errors";
import { findRegistry } from "../../estate/find";
import { chooseVersion, findRegisteredModel } from "../../models/versions";

const pending = {
  where: ({ approval }: { readonly approval: string }) => approval === "PendingManualApproval",
  words: "version that waits for approval",
};

/** A command that decides on a version. */
const decision =
  (name: string, summary: string, status: ModelApprovalStatus): AddCommand =>
  (parent, act) => {
    documented(parent, name, {
      summary,
      details: "Without a version: the newest that waits for approval.",
      examples: [
        `models ${name} prod mammo-severity`,
        `models ${name} prod mammo-severity 2 --reason "looked at with the clinic"`,
      ],
    })
      .argument("<env>", "environment that uses the registry, or the registry itself")
      .argument("<model>", "model, as its folder in pipelines/ is called")
      .argument("[version]", "number")
      .option("--reason <text>", "kept with the version, beside who decides", reasonOption)
      .action(
        act(async (context, env: string, model: string, given: string | undefined, options: Options) => {
          const { reason } = options;
          const registered = await findRegisteredModel(context, env, model, "decide");
          const version = chooseVersion(registered, given, pending);
          const by = (await callerArn(findRegistry(context.estate, env).region)) ?? "unknown";
          await setApproval(registered.sagemaker, version.modelPackageArn, status, { by, reason });
          const { approval: before, modelPackageArn } = version;
          const json = { ...version, approval: status, before, by, reason };
          return {
            json,
            text: `Version ${version.version} of ${model}: ${before} → ${status}\n${modelPackageArn}`,
          };
        }),
      );
  };

interface Options {
  readonly reason?: string;
}

/** SageMaker keeps 1,024 characters, of which some say who decided. */
const longestReason = 512;

/** @throws UsageError for more than SageMaker has room for */
function reasonOption(text: string): string {
  if (text.length <= longestReason) return text;
  throw new UsageError(`--reason must be at most ${longestReason} characters, got: ${text.length}`);
}

/** Inference takes the newest approved version at its next run. */
export const addApprove = decision("approve", "Approve a version, so that inference may use it", "Approved");

export const addReject = decision(
  "reject",
  "Reject a version, so that inference does not use it",
  "Rejected",
);
