import type { ModelApprovalStatus } from "@aws-sdk/client-sagemaker";
import { setApproval } from "../../../operate/model-packages";
import { documented, type AddCommand } from "../../command";
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
      .option("--reason <text>", "kept with the version")
      .action(
        act(async (context, env: string, model: string, given: string | undefined, options: Options) => {
          const registered = await findRegisteredModel(context, env, model);
          const version = chooseVersion(registered, given, pending);
          await setApproval(registered.sagemaker, version.modelPackageArn, status, options.reason);
          const { approval: before, modelPackageArn } = version;
          const json = { ...version, approval: status, before, reason: options.reason };
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

/** Inference takes the newest approved version at its next run. */
export const addApprove = decision("approve", "Approve a version, so that inference may use it", "Approved");

export const addReject = decision(
  "reject",
  "Reject a version, so that inference does not use it",
  "Rejected",
);
