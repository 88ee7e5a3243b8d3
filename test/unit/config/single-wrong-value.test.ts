import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { estateFolder } from "../../support/environments";
import { problemsWith } from "./support";

/** A value that stands alone on its line, as all do in these files. */
interface Leaf {
  readonly file: string;
  readonly line: number;
  readonly text: string;
  readonly value: string;
}

const valueOnLine = /("(?:[^"\\]|\\.)*"|true|false|\d+)(\]?,?)$/;

/** Every single value of the files, found by reading their lines rather than by parsing them. */
const leaves: Leaf[] = readdirSync(estateFolder).flatMap((file) =>
  readFileSync(join(estateFolder, file), "utf8")
    .split("\n")
    .flatMap((text, index) => {
      const value = valueOnLine.exec(text)?.[1];
      return value === undefined ? [] : [{ file, line: index + 1, text, value }];
    }),
);

function problemsAfter({ file, line, text }: Leaf, wrong: string) {
  const lines = readFileSync(join(estateFolder, file), "utf8").split("\n");
  lines[line - 1] = text.replace(valueOnLine, (_, _value: string, end: string) => `${wrong}${end}`);
  return problemsWith({ [file]: lines.join("\n") });
}

const places = (problems: readonly { readonly file: string; readonly line: number }[]) => [
  ...new Set(problems.map(({ file, line }) => `${file}:${line}`)),
];

describe("any single wrong value", () => {
  const wrongType = fc.oneof(
    fc.integer().map(String),
    fc.constantFrom("null", "1.5", "{}", "[]", "[[]]", '{ "a": 1 }'),
  );
  // None of these characters occurs in any value that is right: names, ids, schedules, addresses, paths.
  const wrongText = fc
    .array(fc.constantFrom("!", "#", "§", "%", "~"), { minLength: 1, maxLength: 30 })
    .map((characters) => JSON.stringify(characters.join("")));
  const isFree = ({ text }: Leaf): boolean => text.includes("$schema");

  test("of the wrong type is reported at its own line and nowhere else", () => {
    fc.assert(
      fc.property(fc.constantFrom(...leaves), wrongType, (leaf, wrong) => {
        expect(places(problemsAfter(leaf, wrong))).toEqual([`${leaf.file}:${leaf.line}`]);
      }),
      { numRuns: 100 },
    );
  });

  test("that breaks its rule is reported at its own line and nowhere else", () => {
    fc.assert(
      fc.property(fc.constantFrom(...leaves.filter((leaf) => !isFree(leaf))), wrongText, (leaf, wrong) => {
        expect(places(problemsAfter(leaf, wrong))).toEqual([`${leaf.file}:${leaf.line}`]);
      }),
      { numRuns: 100 },
    );
  });
});
