/** What one field of an EventBridge cron expression takes. */
interface CronField {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Names that stand for numbers, the first for `min`; upper and lower case are the same. */
  readonly names?: readonly string[];
  /** Further forms of an item, such as `L`. */
  readonly special?: RegExp;
  /** Whether `/` is taken. */
  readonly steps: boolean;
}

const months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
const weekday = `(?:[1-7]|${weekdays.join("|")})`;

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cron-expressions.html */
export const fields: readonly CronField[] = [
  { name: "minutes", min: 0, max: 59, steps: true },
  { name: "hours", min: 0, max: 23, steps: true },
  { name: "day-of-month", min: 1, max: 31, steps: true, special: /^(?:L|LW|(?:[1-9]|[12]\d|3[01])W)$/i },
  { name: "month", min: 1, max: 12, steps: true, names: months },
  {
    name: "day-of-week",
    min: 1,
    max: 7,
    steps: false,
    names: weekdays,
    special: new RegExp(`^(?:L|${weekday}L|${weekday}#[1-5])$`, "i"),
  },
  { name: "year", min: 1970, max: 2199, steps: true },
];

/**
 * Checks what is between the brackets of cron(). Ranges run upwards: AWS documents no others.
 * @returns the rule it breaks; undefined when it is valid
 */
export function cronProblem(body: string): string | undefined {
  const parts = body.trim().split(/ +/);
  if (parts.length !== fields.length) {
    return `must have ${fields.length} fields in cron() (${fields.map(({ name }) => name).join(", ")})`;
  }
  const wrong = fields.find((field, index) => !isField(field, parts[index] ?? ""));
  if (wrong) return `must have a valid ${wrong.name} field (${wrong.min}-${wrong.max}) in cron()`;
  const [, , dayOfMonth, , dayOfWeek = ""] = parts;
  if ((dayOfMonth === "?") === (dayOfWeek === "?")) {
    return "must have ? in exactly one of the day-of-month and day-of-week fields of cron()";
  }
  if (!comes(parts)) return "must name a date that comes (no 31 February) in cron()";
  const several = dayOfWeek.includes("#") && dayOfWeek.includes(",");
  return several ? "must have nothing beside a # expression in the day-of-week field of cron()" : undefined;
}

function isField(field: CronField, text: string): boolean {
  if (text === "?") return field.special !== undefined;
  return text.split(",").every((item) => field.special?.test(item) === true || isItem(field, item));
}

function isItem(field: CronField, item: string): boolean {
  const [range = "", step, ...rest] = item.split("/");
  if (rest.length > 0 || (step !== undefined && !isStep(field, step))) return false;
  if (range === "*") return true;
  const ends = range.split("-").map((end) => numberOf(field, end));
  const [from, to = from] = ends;
  return ends.length <= 2 && !ends.includes(undefined) && (from ?? 0) <= (to ?? 0);
}

/** Whether there is any day that valid fields name. */
function comes([, , dayOfMonth = "", month = "", dayOfWeek = "", year = ""]: readonly string[]): boolean {
  const [, , days, months, , years] = fields as [never, never, CronField, CronField, never, CronField];
  return numbersOf(years, year).some((y) =>
    numbersOf(months, month).some((m) => {
      const first = new Date(Date.UTC(y, m - 1, 1)).getUTCDay() + 1;
      const length = new Date(Date.UTC(y, m, 0)).getUTCDate();
      return dayOfMonth === "?"
        ? dayOfWeek.split(",").some((item) => fallsInMonth(item, first, length))
        : numbersOf(days, dayOfMonth).some((day) => day <= length);
    }),
  );
}

/** Whether a weekday, or the n-th of one, falls in a month of a length that begins with a weekday (1 is Sunday). */
function fallsInMonth(item: string, first: number, length: number): boolean {
  const [name = "", nth] = item.split("#");
  if (nth === undefined) return true;
  const weekday = weekdays.includes(name.toUpperCase())
    ? weekdays.indexOf(name.toUpperCase()) + 1
    : Number(name);
  return 1 + ((weekday - first + 7) % 7) + 7 * (Number(nth) - 1) <= length;
}

/** Numbers of a valid field; the last day, which each month has, is 1. */
export const numbersOf = (field: CronField, text: string): number[] =>
  text.split(",").flatMap((item) => expand(field, item));

function expand(field: CronField, item: string): number[] {
  if (field.special?.test(item)) return [/^L/i.test(item) ? field.min : Number.parseInt(item, 10)];
  const [range = "", step] = item.split("/");
  const [from = field.min, to] =
    range === "*" ? [field.min, field.max] : range.split("-").map((end) => numberOf(field, end));
  const last = to ?? (step === undefined ? from : field.max);
  const every = Number(step ?? 1);
  return Array.from({ length: Math.floor((last - from) / every) + 1 }, (_, index) => from + index * every);
}

const isStep = ({ steps, max }: CronField, step: string): boolean =>
  steps && /^[1-9]\d*$/.test(step) && Number(step) <= max;

function numberOf({ min, max, names = [] }: CronField, text: string): number | undefined {
  const index = names.indexOf(text.toUpperCase());
  if (index >= 0) return min + index;
  const value = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  return value >= min && value <= max ? value : undefined;
}
