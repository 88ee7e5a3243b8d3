import { z } from "zod";
import { emails } from "../../../config/formats";
import { object } from "../../../config/object";
import type { WorkloadEnvironment } from "../../../config/schema";
import type { ModelDefinition } from "../../../pipelines/model";
import { settingsOf } from "../../topology";
import { instanceType, whole } from "../endpoint/settings";

/** `models.<model>.workflow` */
export const workflowSettings = object({
  approverEmails: emails
    .default([])
    .describe(
      "E-mail addresses that get the links by which new models are approved. Default: those of alertEmails.",
    ),
  answerHours: whole(1, 24 * 14)
    .default(72)
    .describe("Hours within which somebody has to answer. Default: 72."),
  instanceType: instanceType.default("ml.m5.large").describe("Machines that serve. Default: ml.m5.large."),
  instances: whole(1, 100).default(1).describe("How many of them; two stand in two zones. Default: 1."),
}).describe(
  "The model's workflow: it trains, asks a person, and lets what was approved serve. Default: there is none.",
);

export type WorkflowSettings = z.output<typeof workflowSettings>;

/** @throws Error where the model has no workflow there */
export function workflowSettingsOf(workload: WorkloadEnvironment, model: ModelDefinition): WorkflowSettings {
  const { workflow } = settingsOf(workload, model);
  if (workflow === undefined)
    throw new Error(`environment ${workload.name} has no workflow of ${model.name}`);
  return workflow as WorkflowSettings;
}

/** Whom links go to that decide. */
export const approversOf = (workload: WorkloadEnvironment, model: ModelDefinition): readonly string[] => {
  const { approverEmails } = workflowSettingsOf(workload, model);
  return approverEmails.length > 0 ? approverEmails : workload.alertEmails;
};
