/** Numbers of fields: https://github.com/hashicorp/terraform/blob/v1.11.4/docs/plugin-protocol/tfplugin5.8.proto, `GetProviderSchema.Response` */
const resourceSchemas = 2;
const dataSourceSchemas = 3;
/** Of an entry of a map. */
const key = 1;

/** What is kept of a provider's schema, by the names of its types. */
export interface UsedTypes {
  readonly resources: readonly string[];
  readonly dataSources: readonly string[];
}

/**
 * A provider's schema, without the types that nobody uses: of the 1,500 of `aws`, whose 25 MB Terraform reads anew in each run, a few.
 * @param message `GetProviderSchema.Response`
 * @throws Error where the bytes are no message of that kind
 */
export function slimSchema(message: Uint8Array, { resources, dataSources }: UsedTypes): Uint8Array {
  const used = new Map([
    [resourceSchemas, new Set(resources)],
    [dataSourceSchemas, new Set(dataSources)],
  ]);
  const kept = fieldsOf(message).filter(({ number, value }) => used.get(number)?.has(keyOf(value)) ?? true);
  return Buffer.concat(kept.map(({ whole }) => whole));
}

function keyOf(entry: Uint8Array): string {
  const found = fieldsOf(entry).find(({ number }) => number === key);
  return new TextDecoder().decode(found?.value);
}

/** A field of a message that has no numbers: texts and messages only. */
interface Field {
  readonly number: number;
  readonly value: Uint8Array;
  /** With its number and length before it. */
  readonly whole: Uint8Array;
}

/** https://protobuf.dev/programming-guides/encoding */
function fieldsOf(message: Uint8Array): Field[] {
  const fields: Field[] = [];
  for (let at = 0; at < message.length;) {
    const tag = varintAt(message, at);
    const length = varintAt(message, tag.end);
    const end = length.end + length.value;
    if (tag.value % 8 !== 2 || end > message.length)
      throw new Error("it is no message of texts and messages");
    const number = Math.floor(tag.value / 8);
    fields.push({ number, value: message.subarray(length.end, end), whole: message.subarray(at, end) });
    at = end;
  }
  return fields;
}

function varintAt(bytes: Uint8Array, start: number): { readonly value: number; readonly end: number } {
  let value = 0;
  for (let at = start, factor = 1; at < bytes.length && at < start + 5; at++, factor *= 128) {
    const byte = bytes[at] ?? 0;
    value += (byte % 128) * factor;
    if (byte < 128) return { value, end: at + 1 };
  }
  throw new Error("a number does not end");
}
