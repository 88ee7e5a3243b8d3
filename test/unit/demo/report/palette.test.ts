import { dark, declarations, light, type Palette } from "../../../../demo/report/html/palette";

/** Relative luminance and contrast as in https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

type Pair = readonly [text: keyof Palette, ground: keyof Palette];

const readable: readonly Pair[] = [
  ["ink", "paper"],
  ["ink", "shade"],
  ["ink", "badShade"],
  ["muted", "paper"],
  ["good", "paper"],
  ["bad", "paper"],
  ["bad", "badShade"],
  ["muted", "badShade"],
  ["waiting", "paper"],
  ["accent", "paper"],
];

const visible: readonly Pair[] = [
  ["base", "paper"],
  ["accent", "baseFill"],
  ["onSign", "good"],
  ["onSign", "bad"],
  ["onSign", "waiting"],
  ["onSign", "muted"],
];

describe.each([
  ["light", light],
  ["dark", dark],
])("in the %s palette", (_, palette) => {
  test.each(readable)("%s is readable on %s (4.5 to 1)", (text, ground) => {
    expect(contrast(palette[text], palette[ground])).toBeGreaterThanOrEqual(4.5);
  });

  test.each(visible)("%s can be described from %s (3 to 1)", (sign, ground) => {
    expect(contrast(palette[sign], palette[ground])).toBeGreaterThanOrEqual(3);
  });
});

test("a palette is custom properties in kebab case", () => {
  expect(declarations(light)).toContain("--bad-shade: #");
});
