import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { parseJson } from "../../../config/json-text";
import { estateFolder } from "../../support/environments";

const messagesOf = (text: string): string[] =>
  parseJson(text).mistakes.map(({ offset, message }) => `${offset} ${message}`);

describe("reading JSON", () => {
  test.each([
    ['{"a":1,}', "6 must be valid JSON: no comma may follow the last entry"],
    ['{"a":[1,2,]}', "9 must be valid JSON: no comma may follow the last entry"],
    ['{/* why */"a":1}', "1 must be valid JSON: comments are not allowed"],
    ['{"a":1 "b":2}', "7 must be valid JSON: a comma is missing before this"],
    ['{"a" 1}', "5 must be valid JSON: a colon is missing before this"],
    ['{"a":}', "5 must be valid JSON: a value is missing here"],
    ["{a:1}", "1 must be valid JSON: this is neither a JSON value nor text in double quotes"],
    ['{"a":[1}', "7 must be valid JSON: a closing ] is missing before this"],
    ['[{"a":1]', "7 must be valid JSON: a closing } is missing before this"],
    ['{"a":[1', "7 must be valid JSON: a closing ] is missing"],
    ["{1:1}", "1 must be valid JSON: a key in double quotes is missing here"],
    ['{"a":01}', "6 must be valid JSON: a comma is missing before this"],
    ['{"a":1} 2', "8 must be valid JSON: nothing may follow the object"],
    ['{"a":"\\x"}', "5 must be valid JSON: this text has a character or escape that JSON does not allow"],
  ])("reports %s at its place", (text, message) => {
    expect(messagesOf(text)).toEqual([message]);
  });

  test("reports every comment, trailing comma and repeated key in one go, and reads on", () => {
    const text = '{"a":1, // one\n"a":2,\n"b":{"c":[3,],"c":4},}';
    expect(parseJson(text).mistakes.map(({ offset, path }) => [offset, path.join(".")])).toEqual([
      [8, ""],
      [33, ""],
      [42, ""],
      [15, "a"],
      [36, "b.c"],
    ]);
    expect(parseJson(text).root).toBeDefined();
  });

  test("takes what JSON.parse takes, and nothing else", () => {
    const text = readFileSync(join(estateFolder, "prod.json"), "utf8");
    const parses = (candidate: string): boolean => {
      try {
        JSON.parse(candidate);
        return true;
      } catch {
        return false;
      }
    };
    const edit = fc.tuple(
      fc.nat(text.length),
      fc.nat(3),
      fc.constantFrom(
        "",
        ",",
        '"',
        "{",
        "}",
        "[",
        "]",
        ":",
        "//",
        "/**/",
        "0",
        "-",
        ".",
        "e",
        "\\",
        "\t",
        "\u0001",
        "\u00a0",
        "tru",
      ),
    );
    fc.assert(
      fc.property(edit, ([at, dropped, added]) => {
        const edited = text.slice(0, at) + added + text.slice(at + dropped);
        const accepted = parseJson(edited).mistakes.every(
          ({ message }) => message === "must not stand twice",
        );
        expect(accepted).toBe(parses(edited));
      }),
      { numRuns: 1000 },
    );
  });

  test("keeps a key that would change an object's prototype as a key", () => {
    expect(parseJson('{"__proto__":{"a":1}}').mistakes).toEqual([]);
  });
});
