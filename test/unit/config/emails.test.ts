import { emails } from "../../../config/formats";

const accepted = (address: string): boolean => emails.safeParse([address]).success;

test.each([
  "ops@example.com",
  "r&d+alerts@example.com",
  "o'neil_{x}=~!#$%*/?^`|@example.co.uk",
  "team@xn--bcher-kva.example",
  "ops@xn--80a1acny.xn--p1ai",
  `${"a".repeat(64)}@example.com`,
  "1@1.io",
])("%s is an e-mail address", (address) => {
  expect(accepted(address)).toBe(true);
});

test.each([
  "ops@example",
  "@example.com",
  "ops@",
  ".ops@example.com",
  "ops.@example.com",
  "o..ps@example.com",
  "o ps@example.com",
  "ops@-example.com",
  "ops@example-.com",
  "ops@exam_ple.com",
  "ops@example.123",
  "ops@10.0.0.1",
  "ops@xn--",
  "ops@bücher.example",
  "öps@example.com",
  '"ops"@example.com',
  "ops@example.com\n",
  "${aws:username}@example.com",
  "${path.module}@example.com",
  "a%{if}@example.com",
  `${"a".repeat(65)}@example.com`,
  `ops@${"a".repeat(64)}.com`,
  `ops@${"abc.".repeat(64)}com`,
])("%s is none", (address) => {
  expect(accepted(address)).toBe(false);
});
