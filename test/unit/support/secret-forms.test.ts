import { formsOf } from "../../estate/support/projects/secret-forms";

const secret = "glpat-a+b/c:d?e";
const found = (text: string | Buffer): boolean =>
  formsOf(secret).some((form) => Buffer.from(text).includes(form));

test("a secret is found as it is, in addresses, in hexadecimal digits, and amid other bytes in Base64", () => {
  for (const text of [secret, `https://oauth2:${encodeURIComponent(secret)}@host`])
    expect(found(text)).toBe(true);
  expect(found(Buffer.from(secret).toString("hex"))).toBe(true);
  for (const before of ["", "a", "ab", "abc", "oauth2:", "user:"])
    for (const after of ["", "a", "ab", "abc"])
      for (const encoding of ["base64", "base64url"] as const)
        expect(found(Buffer.from(`${before}${secret}${after}`).toString(encoding))).toBe(true);
});

test("and where it is not, it is not found", () => {
  const other = `${secret.slice(0, -1)}f`;
  for (const text of [other, encodeURIComponent(other), Buffer.from(other).toString("base64"), "glpat-"])
    expect(found(text)).toBe(false);
});
