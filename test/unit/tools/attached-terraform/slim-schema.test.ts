import { slimSchema } from "../../../../tools/attached-terraform/slim-schema";

/** A field of texts and messages, of fewer than 16,384 bytes. */
const field = (number: number, value: Uint8Array | string): Buffer => {
  const bytes = Buffer.from(value);
  return Buffer.concat([
    Buffer.from([number * 8 + 2, (bytes.length % 128) + 128, Math.floor(bytes.length / 128)]),
    bytes,
  ]);
};

const type = (map: number, name: string): Buffer =>
  field(map, Buffer.concat([field(1, name), field(2, "x".repeat(300))]));

test("types that are not used go from a provider's schema, and nothing else does", () => {
  const [kept, gone] = [
    [
      field(1, "provider"),
      type(2, "aws_used"),
      type(3, "aws_read"),
      field(6, "capabilities"),
      type(7, "aws_function"),
    ],
    [type(2, "aws_unused"), type(2, "aws_read"), type(3, "aws_used")],
  ];
  const used = { resources: ["aws_used"], dataSources: ["aws_read"] };
  const slim = slimSchema(Buffer.concat([...gone, ...kept]), used);
  expect(Buffer.compare(slim, Buffer.concat(kept))).toBe(0);
});

test.each([
  ["has numbers", Buffer.from([8, 1])],
  ["ends within a field", field(1, "provider").subarray(0, -1)],
  ["ends within a number", Buffer.from([0x82])],
])("what %s is no schema", (_, message) => {
  expect(() => slimSchema(message, { resources: [], dataSources: [] })).toThrow();
});
