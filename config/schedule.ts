/** What one field of an EventBridge cron expression takes. */
interface CronField {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Names that stand for numbers, the first for `min`. */
  readonly names?: readonly string[];
  /** Further forms, such as `L`. */
  readonly special?: RegExp;
}

const months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html */
const fields: readonly CronField[] = [
  { name: "minutes", min: 0, max: 59 },
  { name: "hours", min: 0, max: 23 },
  { name: "day of month", min: 1, max: 31, special: /^(?:\?|L|LW|(?:[1-9]|[12]\d|3[01])W)$/ },
  { name: "month", min: 1, max: 12, names: months },
  { name: "day of week", min: 1, max: 7, names: weekdays, special: /^(?:\?|L|[1-7]L|[1-7]#[1-5])$/ },
  { name: "year", min: 1970, max: 2199 },
];

/**
 * Checks an EventBridge schedule.
 * @returns what is wrong with it, worded to follow the name of the value; undefined when it is valid
 */
export function scheduleProblem(expression: string): string | undefined {
  const cron = /^cron\((.*)\)$/.exec(expression)?.[1];
  if (cron !== undefined) return cronProblem(cron.split(" "));
  const rate = /^rate\((\d+) (minute|hour|day)(s?)\)$/.exec(expression);
  if (rate) return rateProblem(Number(rate[1]), rate[3] === "s");
  return "must be a cron() or rate() expression";
}

function rateProblem(value: number, plural: boolean): string | undefined {
  if (value < 1) return "must have a rate of at least 1";
  if ((value === 1) === plural) return `must have a ${value === 1 ? "singular" : "plural"} unit after ${value}`;
  return undefined;
}

function cronProblem(parts: readonly string[]): string | undefined {
  if (parts.length !== fields.length) {
    return `must have ${fields.length} cron fields (${fields.map(({ name }) => name).join(", ")}), got ${parts.length}`;
  }
  const wrong = fields.find((field, index) => !isField(field, parts[index] ?? ""));
  if (wrong) return `must have a valid ${wrong.name} field (${wrong.min}-${wrong.max})`;
  if ((parts[2] === "?") === (parts[4] === "?")) {
    return "must have ? in exactly one of the day-of-month and day-of-week fields";
  }
  return undefined;
}

const isField = (field: CronField, text: string): boolean => text.split(",").every((item) => isItem(field, item));

function isItem(field: CronField, item: string): boolean {
  if (field.special?.test(item)) return true;
  const [range = "", step, ...rest] = item.split("/");
  if (rest.length > 0 || (step !== undefined && !/^[1-9]\d*$/.test(step))) return false;
  if (range === "*") return true;
  const ends = range.split("-").map((end) => numberOf(field, end));
  if (ends.length > 2 || ends.some((end) => end === undefined)) return false;
  const [from = 0, to = from] = ends;
  return from <= to;
}

function numberOf({ min, max, names = [] }: CronField, text: string): number | undefined {
  const index = names.indexOf(text.toUpperCase());
  if (index >= 0) return min + index;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return value >= min && value <= max ? value : undefined;
}
