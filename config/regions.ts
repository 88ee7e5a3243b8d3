/** AWS's form of region names; which there are grows by the year, so no list here is asked. */
export const regionName = /^[a-z]{2,4}(?:-[a-z]+)+-\d$/;

const characters = Array.from("abcdefghijklmnopqrstuvwxyz0123456789-");

/** ` (did you mean "…"?)` for the region that a word is one slip of the keyboard away from; empty where there is none. */
export function didYouMeanRegion(word: unknown): string {
  if (typeof word !== "string" || word.length > 20) return "";
  const plain = word.toLowerCase().replace(/[_ ]/g, "-");
  const meant = [plain, ...withoutOneSlip(plain)].find(isRegion);
  return meant === undefined ? "" : ` (did you mean "${meant}"?)`;
}

const withoutOneSlip = (word: string): string[] =>
  Array.from({ length: word.length + 1 }, (_, at) => [word.slice(0, at), word.slice(at)] as const).flatMap(
    ([before, after]) => [
      before + after.slice(1),
      ...characters.map((character) => before + character + after.slice(1)),
      ...characters.map((character) => before + character + after),
    ],
  );

/** Whether the AWS SDK knows a region by this name: it describes those. */
function isRegion(name: string): boolean {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded only where something is wrong already
  const { partition } = require("@aws-sdk/core/client") as typeof import("@aws-sdk/core/client");
  return "description" in partition(name);
}
