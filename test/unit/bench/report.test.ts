import { faster, slower } from "../../../bench/figures";
import { renderTable, verdictOf } from "../../../bench/report";
import { atMost, timesFaster, under, type Figure, type Row } from "../../../bench/row";

const ours: Figure = { label: "mlops plan", unit: "s", rounds: [11, 12, 13], cpuSeconds: [20, 21, 22] };
const baseline: Figure = { label: "cdktf diff", unit: "s", rounds: [22, 36, 130] };

function row(name: "slower" | "faster"): Row {
  const ratio = name === "slower" ? slower(ours, baseline) : faster(ours, baseline);
  const goal = name === "slower" ? atMost(ratio, 0.3) : timesFaster(ratio, 2.5);
  return { measure: "plan", what: `plan, ${name}`, ours, baseline, ratio, goal };
}

test("the table shows medians, the ratio with its spread, and what came of the goal", () => {
  const alone: Row = { measure: "plan", what: "alone", ours, goal: under(ours, 12), notes: ["By itself."] };
  expect(renderTable([row("slower"), row("faster"), alone])).toBe(`\
WHAT          OURS    BASELINE  RATIO (LEAST TO MOST)      GOAL          VERDICT
plan, slower  12.0 s  36.0 s    0.33× (0.10–0.50)          at most 0.3×  MISSED
plan, faster  12.0 s  36.0 s    3.00× (2.00–10.00) faster  2.5× faster   met
alone         12.0 s  –         –                          under 12 s    MISSED

plan, slower:
  mlops plan (21.00 s of processor time)
  against cdktf diff
plan, faster:
  mlops plan (21.00 s of processor time)
  against cdktf diff
alone:
  mlops plan (21.00 s of processor time)
  By itself.`);
});

test("a line without a goal is for information", () => {
  expect(verdictOf({ measure: "plan", what: "x", ours })).toBe("for information");
});
