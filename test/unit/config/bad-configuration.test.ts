import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { formatProblem } from "../../../config/problems";
import { problemsIn } from "./support";

const fixtures = join(__dirname, "../../fixtures/environments");

/** Each folder makes one mistake; its problems.txt has what must be said about it, to the letter. */
describe("a folder with one mistake", () => {
  test.each(readdirSync(fixtures))("%s is reported at its place, with the rule and the value", (mistake) => {
    const directory = join(fixtures, mistake);
    const expected = readFileSync(join(directory, "problems.txt"), "utf8").trimEnd().split("\n");
    const folder = `${relative(process.cwd(), directory)}/`;
    expect(problemsIn(directory).map(formatProblem)).toEqual(expected.map((line) => `${folder}${line}`));
  });

  test("there are at least 25 of them", () => {
    expect(readdirSync(fixtures).length).toBeGreaterThanOrEqual(25);
  });
});
