/** A copy in which every text that is not a status has been changed. */
export function everyText<Type>(value: Type, change: (text: string) => string): Type {
  return changed(value, change) as Type;
}

function changed(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((item) => changed(item, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      key === "status" || key === "side" ? (item as unknown) : changed(item, change),
    ]),
  );
}
