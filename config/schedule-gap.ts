import { fields, numbersOf } from "./cron";

const minutesOf = { minute: 1, hour: 60, day: 24 * 60 } as const;

/** CloudWatch looks back over seven days at most, by periods of an hour: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
const longestWindow = 7 * 24;

/** A run counts once CloudWatch knows of it, and windows begin at any minute. */
const spareHours = 2;

/**
 * Hours in which a schedule that works has run at least once; undefined where it is too rare for an alarm: rarer than every 166 hours, or
 * in some years only.
 * @param expression a valid `cron(…)` or `rate(…)`
 */
export function hoursWithoutRun(expression: string): number | undefined {
  const gap = longestGap(expression);
  const hours = Math.ceil((gap ?? Infinity) / 60) + spareHours;
  return hours <= longestWindow ? hours : undefined;
}

/** Minutes between two runs at most. */
function longestGap(expression: string): number | undefined {
  const [, digits, unit] = /^rate\((\d+) +(minute|hour|day)s?\)$/.exec(expression) ?? [];
  if (digits !== undefined) return Number(digits) * minutesOf[unit as keyof typeof minutesOf];
  const [minutes = "", hours = "", ...days] = expression.slice("cron(".length, -1).trim().split(/ +/);
  const times = numbers(1, hours).flatMap((hour) => numbers(0, minutes).map((minute) => hour * 60 + minute));
  return longestGapOf(
    daysWithRuns(days),
    times.toSorted((a, b) => a - b),
  );
}

/** @param times minutes of the day, in order */
function longestGapOf(days: readonly number[], times: readonly number[]): number | undefined {
  if (days.length < 2) return undefined;
  const overNight = longestStep(days) * minutesOf.day + (times[0] ?? 0) - (times.at(-1) ?? 0);
  return Math.max(overNight, longestStep(times));
}

const longestStep = (numbers: readonly number[]): number =>
  numbers.reduce((longest, each, index) => Math.max(longest, each - (numbers[index - 1] ?? each)), 0);

/** Numbers of the days on which a schedule runs, out of enough to have each length of month and a leap day among them. */
function daysWithRuns([dayOfMonth = "", month = "", dayOfWeek = "", year = ""]: readonly string[]): number[] {
  if (year !== "*") return [];
  const [inMonths, onDays, onWeekdays] = [numbers(3, month), plain(2, dayOfMonth), plain(4, dayOfWeek)];
  return Array.from({ length: 500 }, (_, index) => index).filter((index) => {
    const day = new Date(Date.UTC(2023, 11, 1 + index));
    const fits = onDays.includes(day.getUTCDate()) || onWeekdays.includes(day.getUTCDay() + 1);
    return fits && inMonths.includes(day.getUTCMonth() + 1);
  });
}

const numbers = (field: number, text: string): number[] => {
  const known = fields[field];
  return known ? numbersOf(known, text) : [];
};

/** Without `?`, and without `L`, `W` and `#`, which make a schedule no rarer than what stands beside them. */
const plain = (field: number, text: string): number[] =>
  text
    .split(",")
    .filter((item) => item !== "?" && fields[field]?.special?.test(item) !== true)
    .flatMap((item) => numbers(field, item));
