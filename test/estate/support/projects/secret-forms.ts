/**
 * A secret as it may be written: itself, as a part of an address, in hexadecimal digits, and in Base64, by itself or amid other bytes, as
 * Basic credentials have it.
 */
export function formsOf(secret: string): readonly Buffer[] {
  const bytes = Buffer.from(secret);
  const encoded = [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
    // Characters that stand for bits of what comes before and after the secret.
    const own = text.slice(Math.ceil((before * 4) / 3), Math.floor(((before + bytes.length) * 4) / 3));
    return [own, own.replaceAll("+", "-").replaceAll("/", "_")];
  });
  const all = [secret, encodeURIComponent(secret), bytes.toString("hex"), ...encoded];
  return [...new Set(all)].map((form) => Buffer.from(form));
}
