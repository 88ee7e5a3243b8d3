import fc from "fast-check";
import { scheduleProblem } from "../../../config/schedule";

describe("schedules that EventBridge takes", () => {
  // The first eight are the examples of AWS's cron page.
  test.each([
    "cron(0 10 * * ? *)",
    "cron(15 12 * * ? *)",
    "cron(0 18 ? * MON-FRI *)",
    "cron(0 8 1 * ? *)",
    "cron(0/10 * ? * MON-FRI *)",
    "cron(0/5 8-17 ? * MON-FRI *)",
    "cron(0 9 ? * 2#1 *)",
    "cron(0/30 20-23 ? * MON-FRI *)",
    "cron(0 23 * * ? *)",
    "cron(00 09 L * ? *)",
    "cron(0 0 LW JAN,jul ? 2030)",
    "cron(0 0 15W * ? 2026-2030)",
    "cron(0 0 ? * 6L *)",
    "cron(0 0 ? * FRI#5 *)",
    "cron(*/15 0,12 1-5,10 1/3 ? *)",
    "cron(0 0 31 1/2 ? *)",
    "cron(0 0 29 FEB ? 2024-2030)",
    "cron(0 0 30,28 2 ? *)",
    "cron(0 0 30/1 2-3 ? 2027)",
    "cron(0 0 L 2 ? 2027)",
    "cron(0 0 ? 2 sun#5 *)",
    "cron(0 0 ? 5 7#5 2027)",
    "rate(1 minute)",
    "rate(5 minutes)",
    "rate(1 hour)",
    "rate(12 hours)",
    "rate(7 days)",
  ])("%s is valid", (expression) => {
    expect(scheduleProblem(expression)).toBeUndefined();
  });
});

describe("schedules that EventBridge refuses", () => {
  const sixFields = "must have 6 fields in cron() (minutes, hours, day-of-month, month, day-of-week, year)";
  const field = (name: string, range: string): string =>
    `must have a valid ${name} field (${range}) in cron()`;
  const oneQuestionMark = "must have ? in exactly one of the day-of-month and day-of-week fields of cron()";

  const noSuchDate = "must name a date that comes (no 31 February) in cron()";

  test.each([
    ["cron(0 0 31 2 ? *)", noSuchDate],
    ["cron(0 0 30,31 FEB ? *)", noSuchDate],
    ["cron(0 0 31 APR,6-9/3 ? *)", noSuchDate],
    ["cron(0 0 31W 4-4 ? *)", noSuchDate],
    ["cron(0 0 29 2 ? 2025-2027)", noSuchDate],
    ["cron(0 0 29 2 ? 2100)", noSuchDate],
    ["cron(0 0 ? 2 MON#5 2027)", noSuchDate],
    ["cron(0 0 ? 5 3#5 2027)", noSuchDate],
    ["0 23 * * *", "must be a cron() or rate() expression"],
    ["", "must be a cron() or rate() expression"],
    ["Cron(0 23 * * ? *)", "must be a cron() or rate() expression"],
    ["cron(0 23 * * ? *) ", "must be a cron() or rate() expression"],
    ["at(2030-01-01T00:00:00)", "must be a cron() or rate() expression"],
    ["cron()", sixFields],
    ["cron(0 23 * * ?)", sixFields],
    ["cron(0 23 * * ? * *)", sixFields],
    ["cron(60 23 * * ? *)", field("minutes", "0-59")],
    ["cron(-1 23 * * ? *)", field("minutes", "0-59")],
    ["cron(0/0 23 * * ? *)", field("minutes", "0-59")],
    ["cron(0/60 23 * * ? *)", field("minutes", "0-59")],
    ["cron(1,,2 23 * * ? *)", field("minutes", "0-59")],
    ["cron(? 23 * * ? *)", field("minutes", "0-59")],
    ["cron(0 24 * * ? *)", field("hours", "0-23")],
    ["cron(0 17-8 * * ? *)", field("hours", "0-23")],
    ["cron(0 1-2-3 * * ? *)", field("hours", "0-23")],
    ["cron(0 23 0 * ? *)", field("day-of-month", "1-31")],
    ["cron(0 23 32W * ? *)", field("day-of-month", "1-31")],
    ["cron(0 23 ?,1 * ? *)", field("day-of-month", "1-31")],
    ["cron(0 23 * 13 ? *)", field("month", "1-12")],
    ["cron(0 23 * JUNE ? *)", field("month", "1-12")],
    ["cron(0 23 ? * 0 *)", field("day-of-week", "1-7")],
    ["cron(0 23 ? * 8 *)", field("day-of-week", "1-7")],
    ["cron(0 23 ? * 2/2 *)", field("day-of-week", "1-7")],
    ["cron(0 23 ? * 2#6 *)", field("day-of-week", "1-7")],
    ["cron(0 23 * * ? 1969)", field("year", "1970-2199")],
    ["cron(0 23 * * ? 2200)", field("year", "1970-2199")],
    ["cron(0 23 * * * *)", oneQuestionMark],
    ["cron(0 23 1 * MON *)", oneQuestionMark],
    ["cron(0 23 ? * ? *)", oneQuestionMark],
    ["cron(0 9 ? * 3#1,6#3 *)", "must have nothing beside a # expression in the day-of-week field of cron()"],
    ["rate(5)", "must have a whole number and minutes, hours or days in rate()"],
    ["rate(1.5 hours)", "must have a whole number and minutes, hours or days in rate()"],
    ["rate(-1 hours)", "must have a whole number and minutes, hours or days in rate()"],
    ["rate(2 weeks)", "must have a whole number and minutes, hours or days in rate()"],
    ["rate(0 minutes)", "must have at least 1 in rate()"],
    ["rate(1 hours)", "must be written rate(1 hour)"],
    ["rate(2 day)", "must be written rate(2 days)"],
  ])("%s %s", (expression, rule) => {
    expect(scheduleProblem(expression)).toBe(rule);
  });

  test("every hour of every day of the month is valid, and no hour beyond", () => {
    fc.assert(
      fc.property(fc.nat(48), fc.nat(62), (hour, day) => {
        const valid = hour <= 23 && day >= 1 && day <= 31;
        expect(scheduleProblem(`cron(0 ${hour} ${day} * ? *)`) === undefined).toBe(valid);
      }),
    );
  });
});
