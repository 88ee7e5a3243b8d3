import type { Interval } from "../types";

const nbsp = "\u00A0";

/** A length of time: `4.2 s`, `41 s`, `3 min 12 s`, `1 h 5 min`. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return "unknown";
  if (seconds > 0 && seconds < 0.05) return `<${nbsp}0.1${nbsp}s`;
  if (seconds < 9.95) return `${Math.max(0, seconds).toFixed(1)}${nbsp}s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole}${nbsp}s`;
  if (whole < 3600) return `${Math.floor(whole / 60)}${nbsp}min${nbsp}${whole % 60}${nbsp}s`;
  const minutes = Math.round(whole / 60);
  return `${Math.floor(minutes / 60)}${nbsp}h${nbsp}${minutes % 60}${nbsp}min`;
}

/** An area under a curve, to three places. */
export const area = (value: number): string => value.toFixed(3);

/** `0.951 (0.918 to 0.985)` */
export const interval = ({ value, low, high }: Interval): string =>
  `${area(value)} (${area(low)} to ${area(high)})`;

/** A share of 1 as `8.3 %`; whole where that is exact. */
export const percent = (share: number): string => `${Number((100 * share).toFixed(1)).toString()}${nbsp}%`;

/** A whole number with thousands apart: `1,234`. */
export const count = (value: number): string =>
  Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ",");

/** `1 step`, `4 steps` */
export const plural = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)}${nbsp}${value === 1 ? one : many}`;

const months = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/** An ISO 8601 time as `21 November 2026, 08:12:03 UTC`; text that is no time stays as it is. */
export function dateTime(iso: string): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return iso;
  const month = months[time.getUTCMonth()] ?? "";
  return `${time.getUTCDate()} ${month} ${time.getUTCFullYear()}, ${clock(iso)} UTC`;
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
