/** What JSON has no value for, at any depth, each with its place: `HyperParameters.eta must be a number, got: NaN`. */
export function unrenderable(value: unknown, path: string): string[] {
  if (typeof value === "number")
    return Number.isFinite(value) ? [] : [fault(path, "a number", String(value))];
  if (typeof value === "function" || typeof value === "symbol" || typeof value === "bigint")
    return [fault(path, "a value that JSON has", `a ${typeof value}`)];
  if (Array.isArray(value)) return value.flatMap((item, at) => inList(item, `${path}[${at}]`));
  if (typeof value !== "object" || value === null || "toJSON" in value) return [];
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null)
    return [fault(path, "a value that JSON has", `a ${value.constructor.name}`)];
  return Object.entries(value).flatMap(([name, item]) =>
    unrenderable(item, path === "" ? name : `${path}.${name}`),
  );
}

/** JSON would make null of it. */
const inList = (item: unknown, path: string): string[] =>
  item === undefined ? [fault(path, "a value", "undefined")] : unrenderable(item, path);

const fault = (path: string, wanted: string, got: string): string =>
  `${path || "the argument"} must be ${wanted}, got: ${got}`;
