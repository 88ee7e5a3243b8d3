import {
  missedScheduleAlarmName,
  modelNames,
  ruleName,
  triggerFunctionName,
  type ModelNames,
} from "../../../core/naming";
import type { ModelDefinition } from "../../../pipelines/model";

/** Physical names of what a model's stack holds: what creates it and what permits it both take them from here. */
export interface ModelStackNames extends ModelNames {
  readonly alertTopic: string;
  /** Every rule, of triggers that are switched off too. */
  readonly rules: readonly string[];
  /** Every alarm, of schedules that are switched off too. */
  readonly alarms: readonly string[];
  /** Every function, of triggers that are switched off too. */
  readonly functions: readonly string[];
}

export function modelStackNames({ name, alertTopic, triggers }: ModelDefinition): ModelStackNames {
  const names = modelNames(name);
  const triggerRules = Object.keys(triggers).map((trigger) => ruleName(name, trigger));
  const scheduled = Object.keys(triggers).filter((trigger) => triggers[trigger]?.on === "schedule");
  const guarded = Object.keys(triggers).filter((trigger) => triggers[trigger]?.on === "step failure");
  return {
    ...names,
    alertTopic,
    rules: [...triggerRules, names.stepFailure, names.executionFailure],
    alarms: [
      names.deadLetterAlarm,
      names.newDeadLetterAlarm,
      ...scheduled.map((trigger) => missedScheduleAlarmName(name, trigger)),
    ],
    functions: [
      names.latestApprovedModelFunction,
      names.sealVersionFunction,
      ...guarded.map((trigger) => triggerFunctionName(name, trigger)),
    ],
  };
}
