import { Screen, type Stream } from "../../../cli/screen";
import { factsOf, tableOf } from "../../../cli/table";
import { durationOf, secondsBetween, timeOf } from "../../../cli/format";
import { progressOn } from "../../../cli/pipelines/progress";
import type { ExecutionView, StepView } from "../../../cli/pipelines/execution-view";
import { Kept, mlops } from "./support";

test.each([
  [133.4, "2 min 13 s"],
  [undefined, ""],
])("%s seconds read %j", (seconds, words) => {
  expect(durationOf(seconds)).toBe(words);
});

test("times read in UTC, and a time that is not known as nothing", () => {
  expect(timeOf(new Date(Date.UTC(2025, 0, 31, 23, 0, 5, 900)))).toBe("2025-01-31 23:00:05 UTC");
  expect(timeOf(undefined)).toBe("");
});

test("a duration needs both ends", () => {
  expect(secondsBetween(new Date(1000), new Date(3500))).toBe(2.5);
  expect(secondsBetween(new Date(1000), undefined)).toBeUndefined();
});

test("columns stand below one another, whatever their colour", () => {
  const paint = (text: string) => `<${text}>`;
  const rows = [
    ["NAME", "STATUS", "X"],
    ["a", { text: "ok", paint }, "1"],
    ["longer", "failed", ""],
  ];
  expect(tableOf(rows)).toEqual(["NAME    STATUS  X", "a       <ok>      1", "longer  failed"]);
});

test("facts without a value are left out", () => {
  expect(factsOf({ Name: "x", Reason: undefined, Description: "", "Model data": "y" })).toEqual([
    "Name        x",
    "Model data  y",
  ]);
});

describe("on a terminal", () => {
  const hostile = "a\u001b[2Jb\u001b]0;t\u0007c\u009b1Ad\u202ee\u001b[8mf\tg\nh\r";
  const printed = (terminal: boolean, text: (screen: Screen) => string) => {
    const stream = new Kept(terminal);
    const screen = new Screen(stream as Stream, {});
    screen.print(text(screen));
    return stream.text;
  };

  test("nothing acts but line ends, tabs and our own colours", () => {
    expect(printed(true, ({ paint }) => paint("red", hostile) + paint(["bold", "dim"], "x"))).toBe(
      "\u001b[31ma\\u{1b}[2Jb\\u{1b}]0;t\\u{7}c\\u{9b}1Ad\\u{202e}e\\u{1b}[8mf\tg\nh\\u{d}\u001b[39m" +
        "\u001b[1m\u001b[2mx\u001b[22m\u001b[22m\n",
    );
  });

  test("a file or another program gets what there is", () => {
    expect(printed(false, () => hostile)).toBe(`${hostile}\n`);
  });

  test("JSON stays what it is", async () => {
    const bidi = "x\u202e\u009b\u{e0041}y";
    const { out } = await mlops(`--json models list ${bidi} z`);
    expect(out).not.toMatch(/[\u007f-\u009f\p{Cf}]/u);
    expect(JSON.parse(out)).toMatchObject({
      error: { message: expect.stringContaining(`There is no environment "${bidi}"`) as string },
    });
  });
});

describe("progress", () => {
  const step = (name: string, status: string, more: Partial<StepView> = {}): StepView => ({
    name,
    kind: "Processing",
    status,
    ...more,
  });
  const view = (status: string, ...steps: StepView[]) =>
    ({ pipeline: "train", status, seconds: 4, steps }) as unknown as ExecutionView;
  const ended = { endedAt: new Date(0), seconds: 3 };

  test("is a line for each change where there is no terminal", () => {
    const stream = new Kept();
    const progress = progressOn(new Screen(stream as Stream, {}));
    progress.show(view("Executing", step("A", "Executing"), step("B", "NotExecuted")));
    progress.show(view("Executing", step("A", "Executing"), step("B", "NotExecuted")));
    progress.note("A | a line");
    progress.show(view("Succeeded", step("A", "Succeeded", ended), step("B", "Succeeded", ended)));
    progress.end();
    expect(stream.text.trimEnd().split("\n")).toEqual([
      "A: Executing",
      "train: Executing",
      "A | a line",
      "A: Succeeded after 3.0 s",
      "B: Succeeded after 3.0 s",
      "train: Succeeded",
    ]);
  });

  test("is a table that changes in place on a terminal, with notes above it, and goes in the end", () => {
    const stream = new Kept(true);
    const progress = progressOn(new Screen(stream as Stream, { NO_COLOR: "1" }));
    progress.show(view("Executing", step("A", "Executing", { seconds: 1 }), step("B", "NotExecuted")));
    progress.note("A | a line");
    progress.end();
    const [first = "", again = "", last = ""] = stream.text
      .split("A | a line\n")
      .flatMap((part) => part.split("\u001b[?25h"));
    const table = [
      "STEP  KIND        STATUS     TIME",
      "A     Processing  Executing  1.0 s",
      "B     Processing  waiting",
      "",
      "train: Executing, 4.0 s",
    ].join("\n");
    const erased = "\u001b[2K\u001b[1A".repeat(5);
    expect(first).toContain(table);
    expect(first.slice(first.indexOf(table))).toContain(erased);
    expect(again).toContain(table);
    expect(again.slice(again.indexOf(table))).toContain(erased);
    expect(last).toBe("");
  });
});
