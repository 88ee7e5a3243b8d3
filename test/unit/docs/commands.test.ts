import { tierNames } from "../../../tools/test/tiers";
import { leaves, pathOf, read } from "./support";

test("docs/commands.md names every tier of tests, and no other", () => {
  const [, named = ""] = /Tiers: (.*?) +\|$/m.exec(read("docs/commands.md")) ?? [];
  const tiers = named.replace(/ \(.*?\)/, "").split(", ");
  expect(tiers.toSorted()).toEqual([...tierNames].toSorted());
});

/** The rows of the tables of `mlops` commands: what to type, and what for. */
const rows = read("docs/commands.md")
  .split("\n")
  .flatMap((line) => {
    const [, command, purpose] = /^\| `mlops ([^`]+)` +\| (.*?) +\|$/.exec(line) ?? [];
    return command === undefined ? [] : [[command.replaceAll("\\|", "|"), purpose]];
  });

test("docs/commands.md has every command of the program with its arguments and its summary, and no other", () => {
  const expected = leaves().map((command) => {
    const args = command.registeredArguments.map((argument) => {
      const name = argument.name() + (argument.variadic ? "..." : "");
      return argument.required ? `<${name}>` : `[${name}]`;
    });
    return [[pathOf(command), ...args].join(" "), command.summary()];
  });
  expect(rows).toEqual(expected);
});
