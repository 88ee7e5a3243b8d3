import { formatProblem } from "../../../config/problems";
import { environmentsWith, mistakes, problemsOf } from "../../support/environments";
import { problemsIn } from "./support";

test.each(mistakes)("%s is reported at its place, with the rule and the value", (mistake) => {
  const folder = environmentsWith(mistake);
  expect(problemsIn(folder).map(formatProblem)).toEqual(
    problemsOf(mistake).map((line) => `${folder}/${line}`),
  );
});
