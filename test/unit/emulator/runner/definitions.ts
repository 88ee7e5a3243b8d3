/** A definition's text. */
export const text = (definition: object): string => JSON.stringify({ Version: "2020-12-01", ...definition });

/** A step of no kind in particular. */
export const step = (Name: string, more: object = {}): object => ({
  Name,
  Type: "Processing",
  Arguments: {},
  ...more,
});
