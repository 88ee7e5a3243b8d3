import { answerDirectly, answerHttp } from "../../../../lambdas/approval/requests";
import { hashOf } from "../../../../lambdas/approval/questions";
import { Bench, execution, get, post, question, secret } from "./support";

const printed: string[] = [];

beforeEach(() => {
  for (const level of ["info", "warn", "error"] as const)
    jest.spyOn(console, level).mockImplementation((...line: unknown[]) => void printed.push(line.join(" ")));
});
afterEach(() => {
  jest.restoreAllMocks();
});
afterAll(() => {
  for (const word of [secret, "ciphertext", hashOf(secret)])
    expect(printed.filter((line) => line.includes(word))).toEqual([]);
});

test("defect: opening the link decides nothing, however often a scanner does it", async () => {
  const bench = new Bench();
  for (const method of ["GET", "HEAD", "GET"])
    expect(await answerHttp(bench, get(secret, method))).toMatchObject({ statusCode: 200 });
  expect(bench.sent).toEqual([]);
  expect(bench.questions.rows.get(hashOf(secret))).toEqual(question);
});

test("the page shows metrics and predictions as text, runs nothing, and leads no other page to its address", async () => {
  const { body, headers } = await answerHttp(new Bench(), get());
  expect(body).toContain("<td>accuracy</td><td>0.97</td>");
  expect(body).toContain("&lt;b&gt;setosa&lt;/b&gt;");
  expect(body).not.toMatch(/<script|<b>setosa/);
  expect(body).not.toContain(secret);
  expect(body.match(/<form method="post">/g)).toHaveLength(2);
  expect(headers).toMatchObject({
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "content-security-policy": expect.stringMatching(
      /^default-src 'none'; style-src 'sha256-\S+'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'$/,
    ) as string,
  });
});

test("what a container has predicted is shown in part where it is huge, or no text", async () => {
  const bench = new Bench();
  const examples = [[1, "setosa", "<".repeat(7 * 2 ** 20)] as const, [2, 5, null] as unknown as [2, "", ""]];
  bench.evaluationOf = () => Promise.resolve({ rows: 30, accuracy: 0.97, confusion: {}, examples });
  const { statusCode, body } = await answerHttp(bench, get());
  expect([statusCode, body.length < 10_000]).toEqual([200, true]);
  expect(body).toContain(`<td>1</td><td>setosa</td><td>${"&lt;".repeat(200)}…</td>`);
  expect(body).toContain("<td>2</td><td>5</td><td>null</td>");
});

test.each([
  ["approved", "Approved"],
  ["rejected", "Rejected"],
])("a post of %s decides once, and a second click changes nothing", async (answer, title) => {
  const bench = new Bench();
  expect((await answerHttp(bench, post(`answer=${answer}`))).body).toContain(`<h1>${title}</h1>`);
  const body = Buffer.from("answer=rejected").toString("base64");
  const again = await answerHttp(bench, post(body, { isBase64Encoded: true }));
  expect(again).toMatchObject({
    statusCode: 200,
    body: expect.stringContaining(`It was ${answer} at`) as string,
  });
  expect((await answerHttp(bench, get())).body).toContain("This question is answered");
  expect(bench.sent).toEqual([{ token: "plain ciphertext", answer, by: "the link, from 192.0.2.1" }]);
});

test("of two clicks at the same moment one decides", async () => {
  const bench = new Bench();
  const pages = await Promise.all(
    ["approved", "rejected"].map((answer) => answerHttp(bench, post(`answer=${answer}`))),
  );
  expect(pages.map(({ statusCode }) => statusCode)).toEqual([200, 409]);
  expect(bench.sent).toHaveLength(1);
});

test.each([
  ["no answer", post("", {}), 400],
  ["another answer", post("answer=maybe"), 400],
  ["two answers", post("answer=approved&answer=rejected"), 400],
  ["a prototype's key", post("__proto__=approved"), 400],
  ["nothing at all", post(undefined), 400],
  ["JSON", post('{"answer":"approved"}', { headers: { "content-type": "application/json" } }), 415],
  ["no type", post("answer=approved", { headers: {} }), 415],
  ["a long body", post(`answer=approved&x=${"x".repeat(2000)}`), 413],
  ["another method", get(secret, "DELETE"), 405],
  ["no link", get(""), 404],
  ["a part of a link", get(secret.slice(1)), 404],
  ["a link that is longer", get(`${secret}a`), 404],
  ["a path", get("../../etc/passwd"), 404],
  ["a link of another account", get("t".repeat(43)), 404],
  ["an event of nothing", { requestContext: {} } as unknown as ReturnType<typeof get>, 503],
])("%s decides nothing, and is answered with a page", async (_, event, statusCode) => {
  const bench = new Bench();
  const page = await answerHttp(bench, event);
  expect(page).toMatchObject({ statusCode, headers: { "content-type": "text/html; charset=utf-8" } });
  expect(bench.sent).toEqual([]);
  expect((await answerHttp(bench, get())).statusCode).toBe(200);
});

test("an expired link says so, to who opens and to who posts", async () => {
  const bench = new Bench();
  bench.clock = question.expires;
  for (const event of [get(), post("answer=approved")])
    expect(await answerHttp(bench, event)).toMatchObject({
      statusCode: 410,
      body: expect.stringContaining("This link has expired") as string,
    });
  expect(bench.sent).toEqual([]);
});

test.each(["TaskTimedOut", "TaskDoesNotExist", "InvalidToken"])(
  "defect: where Step Functions answers %s, nobody waits any more, and the page says so",
  async (error) => {
    const bench = new Bench();
    bench.error = error;
    expect(await answerHttp(bench, post("answer=approved"))).toMatchObject({ statusCode: 410 });
    bench.error = undefined;
    expect(await answerHttp(bench, post("answer=approved"))).toMatchObject({ statusCode: 410 });
    expect(bench.sent).toEqual([]);
  },
);

test("where Step Functions cannot be told, nothing is decided, and the next click may", async () => {
  const bench = new Bench();
  bench.error = "ThrottlingException";
  expect(await answerHttp(bench, post("answer=approved"))).toMatchObject({ statusCode: 503 });
  bench.error = undefined;
  expect(await answerHttp(bench, post("answer=rejected"))).toMatchObject({ statusCode: 200 });
  expect(bench.sent).toMatchObject([{ answer: "rejected" }]);
});

test("defect: what was sent is decided, whether it can be written down or not", async () => {
  const bench = new Bench();
  bench.questions.writes = false;
  expect((await answerHttp(bench, post("answer=approved"))).body).toContain("<h1>Approved</h1>");
  bench.clock += 61;
  const { body } = await answerHttp(bench, post("answer=rejected"));
  expect(body).toContain("An answer was sent (approved)");
  expect(bench.sent).toHaveLength(1);
});

test("defect: where the answer of Step Functions is lost, nobody says that nothing was decided, or that nobody waits", async () => {
  const bench = new Bench();
  bench.loses = true;
  const pages = [await answerHttp(bench, post("answer=approved"))];
  expect((await answerHttp(bench, post("answer=approved"))).statusCode).toBe(409);
  bench.clock += 61;
  pages.push(await answerHttp(bench, post("answer=rejected")));
  bench.clock = question.expires;
  pages.push(await answerHttp(bench, get()));
  for (const page of pages)
    expect(page).toMatchObject({
      statusCode: 504,
      body: expect.stringMatching(
        /It is not known whether this is decided.*\(approved\).*workflows show arn:aws:states:\S+:one</,
      ) as string,
    });
  expect(bench.sent).toMatchObject([{ answer: "approved" }]);
});

test("where an answer that may have arrived has not, the next one counts", async () => {
  const bench = new Bench();
  bench.loses = true;
  await answerHttp(bench, post("answer=approved"));
  Object.assign(bench, { loses: false, error: "ThrottlingException", clock: bench.clock + 61 });
  expect((await answerHttp(bench, post("answer=rejected"))).statusCode).toBe(503);
  bench.error = undefined;
  expect((await answerHttp(bench, post("answer=rejected"))).body).toContain("<h1>Rejected</h1>");
});

test("where its token cannot be decrypted, nothing was sent", async () => {
  const bench = new Bench();
  bench.tokenOf = () => Promise.reject(new Error("no key"));
  expect((await answerHttp(bench, post("answer=approved"))).body).toContain("Nothing was decided");
});

test("who may call the function decides on the question that a run has asked last", async () => {
  const bench = new Bench();
  await bench.questions.put("earlier", { ...question, asked: 1, token: "earlier" });
  const by = `arn:aws:iam::111111111111:role/${"x".repeat(300)}`;
  expect(await answerDirectly(bench, { execution, answer: "approved", by })).toMatchObject({
    kind: "decided",
  });
  expect(bench.sent).toEqual([{ token: "plain ciphertext", answer: "approved", by: by.slice(0, 200) }]);
  expect(await answerDirectly(bench, { execution: `${execution}2`, answer: "approved", by })).toEqual({
    kind: "unknown",
  });
  await expect(answerDirectly(bench, { execution, answer: "yes", by })).rejects.toThrow("got: yes");
});
