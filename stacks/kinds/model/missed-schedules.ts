import type { Construct } from "constructs";
import type { WorkloadEnvironment } from "../../../config/schema";
import { hoursWithoutRun } from "../../../config/schedule-gap";
import { missedScheduleAlarmName, ruleName } from "../../../core/naming";
import type { AlertTopic } from "../../../modules/alerts/alert-topic";
import { MissedSchedule } from "../../../modules/alerts/missed-schedule";
import { enabledTriggers, type ModelDefinition } from "../../../pipelines/model";
import { settingsOf } from "../../topology";

/**
 * An alarm on each schedule that an environment switches on and that is not too rare for one. Of what did start and did not arrive, the
 * dead-letter queue's alarms tell.
 */
export function addMissedSchedules(
  scope: Construct,
  workload: WorkloadEnvironment,
  model: ModelDefinition,
  topics: readonly AlertTopic[],
): void {
  const settings = settingsOf(workload, model);
  for (const [name, { on, setting }] of enabledTriggers(model.triggers, settings)) {
    const hours = on === "schedule" ? hoursWithoutRun(String(settings[setting])) : undefined;
    if (hours === undefined) continue;
    new MissedSchedule(scope, `${name}-missed`, {
      alarmName: missedScheduleAlarmName(model.name, name),
      ruleName: ruleName(model.name, name),
      hours,
      alarmTopicArns: topics.map(({ arn }) => arn),
    });
  }
}
