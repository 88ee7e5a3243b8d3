import { describeDuration } from "../../../tools/duration";
import type { Interval } from "../types";

const nbsp = "\u00A0";

/** A length of time that no line break divides. */
export const duration = (seconds: number): string => describeDuration(seconds).replaceAll(" ", nbsp);

/** An area under a curve, to three places. */
export const area = (value: number): string => value.toFixed(3);

/** `0.951 (0.918 to 0.985)` */
export const interval = ({ value, low, high }: Interval): string =>
  `${area(value)} (${area(low)} to ${area(high)})`;

/** A share of 1 as `8.3 %`; whole where that is exact. */
export const percent = (share: number): string => `${Number((100 * share).toFixed(1)).toString()}${nbsp}%`;

const numbers = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

/** A whole number with thousands apart: `1,234`. */
export const count = (value: number): string => numbers.format(value);

/** `1 step`, `4 steps` */
export const plural = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)}${nbsp}${value === 1 ? one : many}`;

const days = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "long",
  year: "numeric",
  timeZone: "UTC",
});

/** An ISO 8601 time as `21 November 2026, 08:12:03 UTC`; text that is no time stays as it is. */
export function dateTime(iso: string): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return iso;
  return `${days.format(time)}, ${clock(iso)} UTC`;
}

/** An ISO 8601 time's `08:12:03`, in UTC; text that is no time stays as it is. */
export function clock(iso: string): string {
  const time = new Date(iso);
  return Number.isNaN(time.getTime()) ? iso : time.toISOString().slice(11, 19);
}

/** Text cut in its middle to a number of characters, so that beginning and end can be read. */
export function shorten(text: string, longest: number): string {
  const characters = Array.from(text);
  if (characters.length <= longest) return text;
  const head = Math.ceil((longest - 1) / 2);
  return `${characters.slice(0, head).join("")}…${characters.slice(head - longest + 1).join("")}`;
}
