import { strToU8, zipSync } from "fflate";
import { unpack } from "../../../../deploy/terraform/message-pack";
import { PlanFileError, readPlanFile } from "../../../../deploy/terraform/plan-file";
import { fieldsOf, oneOf } from "../../../../deploy/terraform/protobuf";

type Bytes = readonly number[] | Uint8Array;

/** A length-delimited field of a message. */
const field = (number: number, value: Bytes | string): number[] => {
  const bytes = typeof value === "string" ? strToU8(value) : value;
  return [number * 8 + 2, bytes.length, ...bytes];
};

/** `{"key": "prod-x", "encrypt": null, "use_lockfile": true}` in MessagePack. */
const config = [0x83, 0xa3, ...strToU8("key"), 0xa6, ...strToU8("prod-x"), 0xa7, ...strToU8("encrypt"), 0xc0]
  .concat([0xac, ...strToU8("use_lockfile"), 0xc3])
  .map(Number);
const backend = [...field(1, "s3"), ...field(2, field(1, config)), ...field(3, "default")];
const tfplan = [8, 3, ...field(13, backend)];

const files = {
  tfplan: Uint8Array.from(tfplan),
  tfstate: strToU8(JSON.stringify({ version: 4, serial: 7, lineage: "line", resources: [] })),
  "tfstate-prev": strToU8("{}"),
  "tfconfig/modules.json": strToU8('[{"Key":"","Dir":"."}]'),
  "tfconfig/m-/cdk.tf.json": strToU8('{"resource":{}}'),
  ".terraform.lock.hcl": strToU8(""),
};

const read = (more: Record<string, Uint8Array | string> = {}) =>
  readPlanFile(
    zipSync({
      ...files,
      ...Object.fromEntries(
        Object.entries(more).map(([name, content]) => [
          name,
          typeof content === "string" ? strToU8(content) : content,
        ]),
      ),
    }),
  );

test("a saved plan says which configuration, state and backend it has", () => {
  expect(read()).toMatchObject({
    configuration: { "cdk.tf.json": '{"resource":{}}' },
    modules: [],
    variables: [],
    state: { serial: 7, lineage: "line" },
    backend: {
      type: "s3",
      workspace: "default",
      config: { key: "prod-x", encrypt: null, use_lockfile: true },
    },
  });
});

test("and is packed anew with what was read, and nothing else", () => {
  const { packed, ...rest } = read();
  expect(readPlanFile(packed)).toMatchObject(rest);
});

test("modules and variables are named, wherever they are told of", () => {
  expect(
    read({ "tfconfig/modules.json": '[{"Key":"","Dir":"."},{"Key":"evil","Dir":"x"}]' }).modules,
  ).toEqual(["evil"]);
  expect(read({ "tfconfig/m-evil/x.tf": "" }).modules).toEqual(["tfconfig/m-evil/x.tf"]);
  expect(read({ "tfconfig/modules.json": '[{"Key":"","Dir":"../x"}]' }).modules).toEqual([""]);
  const variable = field(2, field(1, "x"));
  expect(read({ tfplan: Uint8Array.from([...tfplan, ...variable]) }).variables).toEqual(["x"]);
});

/** An archive with one of its names replaced by another of the same length. */
function renamed(archive: Uint8Array, from: string, to: string): Uint8Array {
  const text = Buffer.from(archive).toString("latin1").replaceAll(from, to);
  return Buffer.from(text, "latin1");
}

test.each<[string, () => Uint8Array, string]>([
  ["no archive", () => strToU8("no zip"), "invalid zip data"],
  ["an archive of something else", () => zipSync({ other: strToU8("{}") }), "it has no tfplan"],
  [
    "a file that is there twice, of which one reader takes the first and another the last",
    () => renamed(zipSync({ ...files, tfplam: Uint8Array.from(tfplan) }), "tfplam", "tfplan"),
    "tfplan is in it twice",
  ],
  [
    "a backend that is there twice",
    () => zipSync({ ...files, tfplan: Uint8Array.from([...tfplan, ...field(13, backend)]) }),
    "field 13 is there more than once",
  ],
  [
    "a backend with two configurations",
    () =>
      zipSync({ ...files, tfplan: Uint8Array.from(field(13, [...backend, ...field(2, field(1, config))])) }),
    "field 2 is there more than once",
  ],
  ["a state that is none", () => zipSync({ ...files, tfstate: strToU8("{}") }), "is no state of Terraform's"],
  [
    "a plan that breaks off",
    () => zipSync({ ...files, tfplan: Uint8Array.from([0x6a, 99]) }),
    "a field does not end",
  ],
])("%s is no saved plan", (_, archive, reason) => {
  expect(() => readPlanFile(archive())).toThrow(PlanFileError);
  expect(() => readPlanFile(archive())).toThrow(reason);
});

// Examples of https://github.com/msgpack/msgpack/blob/master/spec.md
test.each<[Bytes, unknown]>([
  [[0xc0], null],
  [[0xc2], false],
  [[0xc3], true],
  [[0x7f], 127],
  [[0xcc, 0xff], 255],
  [[0xcd, 0x0e, 0x10], 3600],
  [[0xce, 0, 1, 0, 0], 65_536],
  [[0xa2, 0x68, 0x69], "hi"],
  [[0xd9, 0x02, 0x68, 0x69], "hi"],
  [[0xda, 0, 0x02, 0x68, 0x69], "hi"],
  [
    [0x92, 0x01, 0xc0],
    [1, null],
  ],
  [[0xdc, 0, 1, 0x05], [5]],
  [[0x81, 0xa1, 0x61, 0x90], { a: [] }],
  [[0xde, 0, 1, 0xa1, 0x61, 0x80], { a: {} }],
])("MessagePack %j is %j", (bytes, value) => {
  expect(unpack(Uint8Array.from(bytes))).toEqual(value);
});

test.each<[Bytes, string]>([
  [[], "it does not end"],
  [[0xa5, 0x68], "it does not end"],
  [[0xc0, 0xc0], "something follows the value"],
  [[0xd4, 0, 0], "JSON has nothing like 0xd4"],
  [[0x82, 0xa1, 0x61, 0x01, 0xa1, 0x61, 0x02], "a key is there twice"],
  [[0x81, 0x01, 0x02], "or is no text"],
])("MessagePack %j is refused: %s", (bytes, reason) => {
  expect(() => unpack(Uint8Array.from(bytes))).toThrow(reason);
});

// The example of https://protobuf.dev/programming-guides/encoding: field 2 with the text "testing".
test("a message's fields are told by their numbers; numbers among them are passed over", () => {
  const testing = [0x12, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6e, 0x67];
  const fields = fieldsOf(
    Uint8Array.from([0x08, 0x96, 0x01, 0x0d, 1, 2, 3, 4, 0x11, 1, 2, 3, 4, 5, 6, 7, 8, ...testing]),
  );
  expect([...fields.keys()]).toEqual([2]);
  expect(Buffer.from(oneOf(fields, 2)).toString()).toBe("testing");
  expect(oneOf(fields, 3)).toHaveLength(0);
});

test.each<[Bytes, string]>([
  [[0x80], "a number does not end"],
  [[0x0b], "there is no wire type 3"],
])("a message %j is refused: %s", (bytes, reason) => {
  expect(() => fieldsOf(Uint8Array.from(bytes))).toThrow(reason);
});

test("what it destroys is said, also what is made anew, by the action of each change", () => {
  const changed = (address: string, action: number) =>
    field(3, [...field(8, "provider"), ...field(9, [8, action]), ...field(13, address)]);
  const all = [0, 1, 2, 3, 5, 6, 7, 8, 9].flatMap((action) => changed(`a.${action}`, action));
  expect(read({ tfplan: Uint8Array.from([...tfplan, ...all]) }).destroyed).toEqual(["a.5", "a.6", "a.7"]);
});
