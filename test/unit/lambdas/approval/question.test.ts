import { ask } from "../../../../lambdas/question/ask";
import { hashOf } from "../../../../lambdas/approval/questions";
import { execution, MemoryQuestions, question } from "./support";

test("defect: the link has no token, and what is kept has no link: a hash and what is encrypted", async () => {
  const questions = new MemoryQuestions();
  const told: string[] = [];
  const encrypted: string[] = [];
  await ask(
    {
      questions,
      url: "https://api.example",
      model: "iris",
      encrypt: (token, of) => Promise.resolve((encrypted.push(`${token} ${of}`), "ciphertext")),
      tell: (subject, message) => Promise.resolve(void told.push(subject, message)),
      now: () => 100,
    },
    { token: "THE TOKEN", execution, seconds: 900, metrics: question.metrics, report: question.report },
  );
  expect(encrypted).toEqual([`THE TOKEN ${execution}`]);
  const text = told.join("\n");
  expect(text).not.toContain("TOKEN");
  expect(text).toContain("accuracy 0.97, rows 30");
  expect(text).toContain("until 1970-01-01T00:16:40.000Z");
  const [, secret = ""] = /https:\/\/api\.example\/approvals\/([\w-]{43})$/m.exec(text) ?? [];
  expect([...questions.rows]).toEqual([[hashOf(secret), { ...question, expires: 1000 }]]);
});
