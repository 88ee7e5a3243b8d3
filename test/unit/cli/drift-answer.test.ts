import { answerDrift } from "../../../cli/drift/answer";
import { Screen, type Stream } from "../../../cli/screen";
import { Kept } from "./support";

const screen = new Screen(new Kept() as Stream, {});
const context = { out: screen, err: screen, json: false };
const topicArn = "arn:aws:sns:us-east-1:222222222222:alerts";

test.each([
  ["pending", "not confirmed yet"],
  ["none", "not subscribed"],
] as const)("who gets no alerts is told, and is something to be done: %s", (subscription, said) => {
  const unheard = [{ topicArn, email: "ops@example.com", subscription }];
  const answer = answerDrift(context, [], { unheard, interrupted: false });
  expect(answer).toMatchObject({ code: 3, json: { drift: false, unheard } });
  expect(answer.text).toBe(
    `ops@example.com gets no alerts of ${topicArn}: ${said}\nNo configuration drift in 0 stacks`,
  );
});

test("where all hear and nothing has drifted, nothing is to be done", () => {
  expect(answerDrift(context, [], { unheard: [], interrupted: false })).toMatchObject({ code: 0 });
});
