import fc from "fast-check";
import { toBatches, type LogEvent } from "../../../jenkins/logged/batches";

const bytesOf = (batch: readonly LogEvent[]): number =>
  batch.reduce((sum, { message }) => sum + Buffer.byteLength(message) + 26, 0);
const events = (messages: readonly string[]): LogEvent[] =>
  messages.map((message, timestamp) => ({ timestamp, message }));

describe("batches for PutLogEvents", () => {
  test("nothing printed, nothing sent", () => {
    expect(toBatches([])).toEqual([]);
    expect(toBatches(events(["", ""]))).toEqual([]);
  });

  test("10,000 lines are the most that one takes", () => {
    expect(toBatches(events(Array<string>(10_001).fill("a"))).map((batch) => batch.length)).toEqual([
      10_000, 1,
    ]);
  });

  test("a long line is cut into pieces that are taken, and no character in two", () => {
    const line = "é".repeat(400_000);
    const pieces = toBatches(events([line])).flat();
    expect(pieces.map(({ message }) => message).join("")).toBe(line);
    expect(Math.max(...pieces.map(({ message }) => Buffer.byteLength(message)))).toBeLessThanOrEqual(262_118);
  });

  test("whatever is printed: all of it, in order, within the limits", () => {
    const message = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.nat(300_000).map((length) => "x".repeat(length)),
    );
    fc.assert(
      fc.property(fc.array(message, { maxLength: 30 }), (messages) => {
        const batches = toBatches(events(messages));
        expect(
          batches
            .flat()
            .map((event) => event.message)
            .join(""),
        ).toBe(messages.join(""));
        const times = batches.flat().map(({ timestamp }) => timestamp);
        expect(times).toEqual(times.toSorted((one, other) => one - other));
        expect(batches.filter((batch) => bytesOf(batch) > 1_048_576 || batch.length > 10_000)).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});
