import type { Json } from "../../../../deploy/terraform/plan-json";
import { everythingSaid } from "./support/everything-said";
import { created, planOf, resource, updated } from "./support/plan-change";

const credential = (value: Json): readonly [string, Json][] => [
  ["by its key", { db_password: value }],
  ["by its key, in a map", { environment: { variables: { API_TOKEN: value } } }],
  ["by its key, in JSON", { body: JSON.stringify({ deep: [{ clientSecret: value }] }) }],
  ["by its key, in JSON within JSON", { body: JSON.stringify({ inner: JSON.stringify({ token: value }) }) }],
  ["in a list under such a key", { passwords: [value] }],
  ["in an object under such a key", { credentials: { user: "me", entry: value } }],
  ["by the name beside it", { variable: [{ name: "DB_PASSWORD", value }] }],
  ["by the name beside it, in a pipeline", { definition: pipelineWith(value) }],
];

const pipelineWith = (DefaultValue: Json): string =>
  JSON.stringify({ Parameters: [{ Name: "JenkinsToken", Type: "String", DefaultValue }] });

test.each([...credential("hush-1"), ...credential(20_260_101)])(
  "a password that nothing marks is known %s",
  (_, value) => {
    const empty = JSON.parse(JSON.stringify(value).replace(/hush-1|20260101/g, "0")) as Json;
    const said = everythingSaid(
      planOf(
        resource("aws_x.new", created(value)),
        resource("aws_x.changed", updated(empty, value)),
        resource("aws_x.filled", updated({}, value)),
        resource("aws_x.emptied", updated(value, {})),
      ),
    );
    expect(said).toContain("(sensitive)");
    expect(said).not.toMatch(/hush-1|20260101/);
  },
);

test.each([
  ["AKIA" + "ABCDEFGHIJKLMNOP"],
  ["ghp_" + "a".repeat(36)],
  ["https://me:pass@host/path"],
  ["-----BEGIN RSA " + "PRIVATE KEY-----\nMIIE"],
])("a credential is known by its looks, as value and as key: %s", (text) => {
  const values: Json[] = [{ note: text }, { list: [text] }, { map: { [text]: "x" } }, { [text]: "x" }];
  for (const value of values) {
    const said = everythingSaid(
      planOf(
        resource("aws_x.new", created(value)),
        resource("aws_x.changed", updated({}, value)),
        resource("aws_x.gone", updated({ map: {}, list: [] }, value)),
      ),
    );
    expect(said).toContain("(sensitive)");
    expect(said).not.toContain(JSON.stringify(text).slice(1, -1));
  }
});

test("a switch or an empty text under such a key is no secret, and neither is a key that only begins so", () => {
  const said = everythingSaid(
    planOf(resource("aws_x.one", updated({}, { manage_password: true, token: "", secret_arn: "arn:aws:x" }))),
  );
  expect(said).toContain("manage_password: + true");
  expect(said).toContain('token: + ""');
  expect(said).toContain('secret_arn: + "arn:aws:x"');
});
