import { strFromU8 } from "fflate";
import type { Json } from "./plan-json";

/**
 * Reads a value as Terraform packs it, so far as JSON knows its like.
 * https://github.com/msgpack/msgpack/blob/master/spec.md
 * @throws Error for what JSON has not, such as a value that is known after the apply; for a key that is there twice
 */
export function unpack(bytes: Uint8Array): Json {
  const reader = new Reader(bytes);
  const value = reader.value();
  if (!reader.isAtEnd) throw new Error("something follows the value");
  return value;
}

const constants = new Map<number, Json>([
  [0xc0, null],
  [0xc2, false],
  [0xc3, true],
]);

/** Number of bytes that say how long what follows is. */
const lengths = {
  text: new Map([
    [0xd9, 1],
    [0xda, 2],
    [0xdb, 4],
  ]),
  list: new Map([
    [0xdc, 2],
    [0xdd, 4],
  ]),
  map: new Map([
    [0xde, 2],
    [0xdf, 4],
  ]),
  unsigned: new Map([
    [0xcc, 1],
    [0xcd, 2],
    [0xce, 4],
    [0xcf, 8],
  ]),
};

class Reader {
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  get isAtEnd(): boolean {
    return this.at === this.bytes.length;
  }

  value(): Json {
    const head = this.unsigned(1);
    const constant = constants.get(head);
    if (constant !== undefined) return constant;
    if (head < 0x80) return head;
    if (head < 0x90) return this.map(head - 0x80);
    if (head < 0xa0) return this.list(head - 0x90);
    if (head < 0xc0) return this.text(head - 0xa0);
    const sized = (kind: keyof typeof lengths) => lengths[kind].get(head);
    const [text, list, map, number] = [sized("text"), sized("list"), sized("map"), sized("unsigned")];
    if (text !== undefined) return this.text(this.unsigned(text));
    if (list !== undefined) return this.list(this.unsigned(list));
    if (map !== undefined) return this.map(this.unsigned(map));
    if (number !== undefined) return this.unsigned(number);
    throw new Error(`JSON has nothing like 0x${head.toString(16)}`);
  }

  private map(length: number): Json {
    const entries = new Map<string, Json>();
    for (let index = 0; index < length; index++) {
      const key = this.value();
      if (typeof key !== "string" || entries.has(key)) throw new Error("a key is there twice, or is no text");
      entries.set(key, this.value());
    }
    return Object.fromEntries(entries);
  }

  private list(length: number): Json[] {
    const values: Json[] = [];
    while (values.length < length) values.push(this.value());
    return values;
  }

  private text(length: number): string {
    return strFromU8(this.take(length));
  }

  private unsigned(length: number): number {
    return this.take(length).reduce((value, byte) => value * 256 + byte, 0);
  }

  private take(length: number): Uint8Array {
    const taken = this.bytes.subarray(this.at, this.at + length);
    if (taken.length < length) throw new Error("it does not end");
    this.at += length;
    return taken;
  }
}
