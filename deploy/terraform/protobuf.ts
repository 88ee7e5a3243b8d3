/**
 * The fields of a message by their numbers: bytes of texts and messages, one byte of a number below 128 such as an enumeration's; no
 * others. https://protobuf.dev/programming-guides/encoding
 */
export type Fields = ReadonlyMap<number, readonly Uint8Array[]>;

/** @throws Error where the bytes are no message */
export function fieldsOf(message: Uint8Array): Fields {
  const fields = new Map<number, Uint8Array[]>();
  const reader = { bytes: message, at: 0 };
  while (reader.at < message.length) {
    const tag = varint(reader);
    const value = valueOf(reader, tag % 8);
    if (value) fields.set(Math.floor(tag / 8), [...(fields.get(Math.floor(tag / 8)) ?? []), value]);
  }
  return fields;
}

/**
 * The one value of a field that is not repeated; empty where it is not set.
 * @throws Error where it is there twice: who reads it may merge both, or take either
 */
export function oneOf(fields: Fields, number: number): Uint8Array {
  const [value = new Uint8Array(), ...others] = fields.get(number) ?? [];
  if (others.length > 0) throw new Error(`field ${number} is there more than once`);
  return value;
}

interface Reader {
  readonly bytes: Uint8Array;
  at: number;
}

function varint(reader: Reader): number {
  let value = 0;
  for (let shift = 0; shift < 10; shift++) {
    const byte = reader.bytes[reader.at++];
    if (byte === undefined) break;
    value += (byte % 128) * 128 ** shift;
    if (byte < 128) return value;
  }
  throw new Error("a number does not end");
}

function valueOf(reader: Reader, wireType: number): Uint8Array | undefined {
  if (wireType === 0) return byteOf(varint(reader));
  if (wireType === 1) take(reader, 8);
  else if (wireType === 2) return take(reader, varint(reader));
  else if (wireType === 5) take(reader, 4);
  else throw new Error(`there is no wire type ${wireType}`);
  return undefined;
}

const byteOf = (value: number): Uint8Array | undefined => (value < 128 ? Uint8Array.of(value) : undefined);

function take(reader: Reader, length: number): Uint8Array {
  const value = reader.bytes.subarray(reader.at, reader.at + length);
  if (value.length < length) throw new Error("a field does not end");
  reader.at += length;
  return value;
}
