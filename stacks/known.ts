import { flag, schedule } from "../config/formats";
import type { Known, KnownModel, ModelSetting } from "../config/known";
import { loadEstate } from "../config/load";
import type { Estate } from "../config/schema";
import { pipelinesNeededBy, type ModelDefinition, type Trigger } from "../pipelines/model";
import { stackKinds } from "./kinds";

/** What environment files may say of these models and of the kinds of stack there are. */
export const knownOf = (models: readonly ModelDefinition[]): Known => ({
  models: models.map(knownModel),
  stackKinds,
});

/**
 * Reads a folder of environment files into the estate they describe.
 * @throws ConfigurationError with every problem in every file
 */
export const readEstate = (directory: string, models: readonly ModelDefinition[]): Estate =>
  loadEstate(directory, knownOf(models));

const knownModel = ({ name, pipelines, triggers, workflow }: ModelDefinition): KnownModel => ({
  name,
  pipelines: Object.keys(pipelines),
  hasWorkflow: workflow !== undefined,
  settings: Object.fromEntries(
    Object.values(triggers).map((trigger) => [trigger.setting, settingOf(trigger)]),
  ),
});

function settingOf(trigger: Trigger): ModelSetting {
  const schema = trigger.on === "schedule" ? schedule.optional() : flag.default(false);
  return {
    schema: schema.describe(trigger.settingDescription),
    needs: pipelinesNeededBy(trigger),
  };
}
