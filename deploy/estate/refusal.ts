/** Something is not done, for reasons that are all given at once, one a line. */
export class Refusal extends Error {
  constructor(
    what: string,
    readonly reasons: readonly string[],
  ) {
    super([`${what}:`, ...reasons.map((reason) => `  ${reason.replaceAll("\n", "\n  ")}`)].join("\n"));
    this.name = "Refusal";
  }
}
