import { mlops } from "./support";

const before = process.env.AWS_ENDPOINT_URL;
beforeEach(() => {
  process.env.AWS_ENDPOINT_URL = "http://127.0.0.1:4711";
});
afterEach(() => {
  if (before === undefined) delete process.env.AWS_ENDPOINT_URL;
  else process.env.AWS_ENDPOINT_URL = before;
});

test("an invoke URL is told as the path at which local AWS answers for it, with all that comes after the host", async () => {
  expect(
    await mlops("local url https://abc123.execute-api.eu-west-1.amazonaws.com/v1/respond?id=x%20y"),
  ).toEqual({
    code: 0,
    out: "http://127.0.0.1:4711/_aws/execute-api/abc123/v1/respond?id=x%20y\n",
    err: "",
  });
});

test.each([
  "https://example.org/v1",
  "abc123",
  "https://a.execute-api.us-east-1.amazonaws.com.evil.example/",
])("%s is no invoke URL", async (url) => {
  const { code, err } = await mlops(`local url ${url}`);
  expect(code).not.toBe(0);
  expect(err).toContain(`must be an invoke URL`);
  expect(err).toContain(url);
});
