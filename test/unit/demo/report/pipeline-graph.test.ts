import { layOut, type Layout } from "../../../../demo/report/svg/graph-layout";
import { pipelineGraph } from "../../../../demo/report/svg/pipeline-graph";
import { halfWay } from "../../../../demo/report/svg/spline";
import type { StepReport } from "../../../../demo/report/types";
import { executions } from "./fixture/executions";
import { trainSteps } from "./fixture/steps";
import { tagProblems, texts } from "./support/tags";

const boxes = ["a", "b", "c"].map((name) => ({ name, width: 120, height: 60 }));
const links = [
  { from: "a", to: "b", side: "if" as const },
  { from: "a", to: "c", side: "else" as const },
];

const places = ({ places }: Layout) => Object.fromEntries(places);

test("a graph goes from left to right, or from top to bottom, and its boxes do not overlap", async () => {
  const across = places(await layOut(boxes, links, "LR"));
  const down = places(await layOut(boxes, links, "TB"));
  expect(across.b?.x).toBeGreaterThan((across.a?.x ?? 0) + 120);
  expect(Math.abs((across.b?.y ?? 0) - (across.c?.y ?? 0))).toBeGreaterThan(60);
  expect(down.b?.y).toBeGreaterThan((down.a?.y ?? 0) + 60);
  expect(Math.abs((down.b?.x ?? 0) - (down.c?.x ?? 0))).toBeGreaterThan(120);
});

test("everything is within the size that the layout says", async () => {
  const { width, height, places, routes } = await layOut(boxes, links, "LR");
  for (const { x, y } of places.values()) {
    expect(x).toBeGreaterThanOrEqual(60 - 0.01);
    expect(x).toBeLessThanOrEqual(width - 60 + 0.01);
    expect(y).toBeGreaterThanOrEqual(30 - 0.01);
    expect(y).toBeLessThanOrEqual(height - 30 + 0.01);
  }
  expect(routes.map(({ link }) => link)).toEqual(links);
});

test("each edge leaves and reaches its own boxes", async () => {
  const joining = [
    { from: "b", to: "c" },
    { from: "a", to: "c" },
  ];
  const { places, routes } = await layOut(boxes, joining, "LR");
  expect(routes.map(({ link }) => link)).toEqual(expect.arrayContaining(joining));
  for (const { link, points, tip } of routes) {
    expect(points[0]?.y).toBeCloseTo(places.get(link.from)?.y ?? 0, -1);
    expect(tip.x).toBeCloseTo((places.get(link.to)?.x ?? 0) - 60, -1);
  }
});

test("half of a spline's way is measured along it", () => {
  const line = [0, 10, 20, 30, 40, 50, 60].map((x) => ({ x, y: 0 }));
  expect(halfWay(line).x).toBeCloseTo(30, 0);
  expect(halfWay([])).toEqual({ x: 0, y: 0 });
});

test("a card tells its step's name, kind, status and time", async () => {
  const [, , failed] = executions;
  const { svg } = await pipelineGraph({
    id: "x",
    title: "Failed",
    steps: failed?.steps ?? [],
    direction: "LR",
  });
  const words = texts(svg.text, "text").map((text) => text.replaceAll("\u00A0", " "));
  expect(words).toEqual(
    expect.arrayContaining(["Mammo-Inference-monitoring", "QualityCheck", "Failed", "5.0 s", "Not executed"]),
  );
  expect(svg.text.match(/class="step bad"/g)).toHaveLength(1);
  expect(svg.text.match(/class="step none"/g)).toHaveLength(1);
  expect(svg.text.match(/class="edge idle"/g)).toHaveLength(2);
});

test("a name that Graphviz or XML could stumble over stays text", async () => {
  const name = '"]; } digraph { <b>&\\N';
  const steps: StepReport[] = [{ name, kind: "Lambda", status: "Succeeded", after: [] }];
  const { svg } = await pipelineGraph({ id: "x", title: name, steps, direction: "LR" });
  expect(tagProblems(svg.text)).toEqual([]);
  expect(texts(svg.text, "text")[0]).toBe("&quot;]; } digraph { &lt;b&gt;&amp;\\N");
});

test("a long name is shortened on its card and described in full to who points at it", async () => {
  const name = `Step-${"x".repeat(200)}-end`;
  const steps: StepReport[] = [{ name, kind: "Training", status: "Executing", after: [] }];
  const { svg, width } = await pipelineGraph({ id: "x", title: "t", steps, direction: "TB" });
  expect(width).toBeLessThan(330);
  expect(texts(svg.text, "text")[0]).toMatch(/^Step-x+…x+-end$/);
  expect(texts(svg.text, "title")[1]).toContain(name);
});

test("the training pipeline fits a laptop across, and shrinks to a phone going down", async () => {
  const props = { id: "x", title: "t", steps: trainSteps([4, 3, 5, 4, 1]) };
  const across = await pipelineGraph({ ...props, direction: "LR" });
  const down = await pipelineGraph({ ...props, direction: "TB" });
  expect(across.width).toBeLessThanOrEqual(1128);
  expect([across.shrinks, down.shrinks]).toEqual([false, true]);
});
