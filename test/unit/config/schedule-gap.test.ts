import { hoursWithoutRun } from "../../../config/schedule-gap";

// The expressions are those of https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cron-expressions.html and their kin.
test.each([
  ["nightly", "cron(0 23 * * ? *)", 24],
  ["every day by the day of the week", "cron(15 10 ? * 1-7 *)", 24],
  ["every five minutes", "rate(5 minutes)", 1],
  ["every minute of a cron", "cron(* * * * ? *)", 1],
  ["every hour", "rate(1 hour)", 1],
  ["twice a day, and not evenly", "cron(0 6,22 * * ? *)", 16],
  ["on working days: over the weekend", "cron(0 18 ? * MON-FRI *)", 72],
  ["in working hours: over the weekend", "cron(0/15 8-17 ? * 2-6 *)", 63],
  ["every other day: over the end of a month", "cron(0 8 1/2 * ? *)", 48],
  ["every sixth day", "rate(6 days)", 144],
  ["on the last day too, which counts for nothing", "cron(0 8 L,1-31 * ? *)", 24],
])("%s: %s runs within %d hours, and two to spare", (_, expression, hours) => {
  expect(hoursWithoutRun(expression)).toBe(hours + 2);
});

test.each([
  ["weekly", "rate(7 days)"],
  ["on Sundays", "cron(0 8 ? * SUN *)"],
  ["on the first Monday", "cron(0 8 ? * MON#1 *)"],
  ["on the last day of a month", "cron(0 8 L * ? *)"],
  ["monthly", "cron(0 8 1 * ? *)"],
  ["in winter", "cron(0 8 * NOV-FEB ? *)"],
  ["until a year ends", "cron(0 8 * * ? 2026)"],
])("%s: %s is too rare for an alarm, or ends", (_, expression) => {
  expect(hoursWithoutRun(expression)).toBeUndefined();
});
