import { readFileSync } from "node:fs";
import { join } from "node:path";
import { kindNames } from "../../../pipelines/definition/rendered/kinds";
import { stepKinds as typedKinds } from "../../../pipelines/definition/step";
import { stepKinds as runKinds } from "../../../emulator/runner/steps";
import supported from "../../../emulator/runner/supported.json";
import { repository } from "../../../tools/paths";

/** Rows of the tables of the document, each the texts of its cells. */
const tables = readFileSync(join(repository, "docs/step-kinds.md"), "utf8")
  .split(/\n(?!\|)/)
  .filter((block) => block.trimStart().startsWith("|"))
  .map((block) =>
    block
      .trim()
      .split("\n")
      .slice(2)
      .map((row) =>
        row
          .slice(1, -1)
          .split(/(?<!\\)\|/)
          .map((cell) => cell.trim()),
      ),
  );
const [kinds = [], limits = []] = tables;
const yes = (cell: string | undefined) => cell?.split(";")[0] === "yes";

test("the table has each kind that is deployed, whether TypeScript has it, and whether it runs here", () => {
  expect(kinds.map(([kind]) => kind)).toEqual(kindNames.toSorted());
  expect(kinds.every(([, , deployed]) => yes(deployed))).toBe(true);
  expect(kinds.filter(([, typed]) => yes(typed)).map(([kind]) => kind)).toEqual(typedKinds.toSorted());
  expect(kinds.filter(([, , , local]) => yes(local)).map(([kind]) => kind)).toEqual(supported.kinds);
  expect(Object.keys(runKinds).toSorted()).toEqual(supported.kinds);
});

test("the table of arguments is the one that the runner goes by", () => {
  const known = Object.entries(supported.arguments).flatMap(([kind, rules]) =>
    Object.entries(rules).map(([path, values]) => [
      kind,
      `\`${path}\``,
      (values as readonly string[]).map((value) => `\`${value}\``).join(", ") || "nothing",
    ]),
  );
  expect(limits).toEqual(known);
});
