import type { Evaluation } from "../evaluation/evaluate";
import { decide, standing, type Outcome, type Tools } from "./decide";
import { failurePage, outcomePage, questionPage, refusalPage, type Page } from "./page";
import { answers, hashOf, type Answer, type Question } from "./questions";

/** What is read of an HTTP API's event. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
export interface HttpEvent {
  readonly requestContext: { readonly http: { readonly method: string; readonly sourceIp?: string } };
  readonly pathParameters?: Readonly<Record<string, string | undefined>>;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

/** A decision of whoever may call the function itself, which IAM says. */
export interface DirectEvent {
  readonly execution: string;
  readonly answer: string;
  /** Who decides. */
  readonly by: string;
}

export interface PageTools extends Tools {
  /** What the question's page shows beside its metrics, if it can be read. */
  readonly evaluationOf: (question: Question) => Promise<Evaluation | undefined>;
}

/** 32 random bytes, as `lambdas/question` puts them into links. */
const secretForm = /^[\w-]{43}$/;
const longestBody = 1024;

/** Shows a question to whoever opens its link, and decides for whoever posts. Never fails otherwise than by a page. */
export async function answerHttp(tools: PageTools, event: HttpEvent): Promise<Page> {
  try {
    const { method, sourceIp = "" } = event.requestContext.http;
    const secret = event.pathParameters?.id ?? "";
    if (!secretForm.test(secret)) return outcomePage({ kind: "unknown" });
    const id = hashOf(secret);
    if (method === "POST") return await post(tools, id, event, `the link, from ${sourceIp}`);
    if (method !== "GET" && method !== "HEAD") return refusalPage(405, "A question is opened or answered.");
    const question = await tools.questions.get(id);
    const hindrance = standing(question, tools.now());
    if (hindrance || !question) return outcomePage(hindrance ?? { kind: "unknown" });
    return questionPage(question, await tools.evaluationOf(question));
  } catch (error) {
    console.error(`No page: ${(error as Error).name}`);
    return failurePage();
  }
}

async function post(tools: PageTools, id: string, event: HttpEvent, by: string): Promise<Page> {
  const type = event.headers?.["content-type"]?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/x-www-form-urlencoded")
    return refusalPage(415, "An answer is what this page's buttons send.");
  const body = Buffer.from(event.body ?? "", event.isBase64Encoded ? "base64" : "utf8");
  if (body.length > longestBody) return refusalPage(413, "An answer is what this page's buttons send.");
  const given = new URLSearchParams(body.toString()).getAll("answer");
  const [answer] = given;
  if (given.length !== 1 || !isAnswer(answer))
    return refusalPage(400, "An answer is to approve or to reject.");
  const outcome = await decide(tools, id, answer, by);
  log(id, outcome);
  return outcomePage(outcome);
}

/**
 * Decides for whoever calls the function.
 * @returns what became of the question that the execution has asked last, if it has asked any
 * @throws Error for what is no decision
 */
export async function answerDirectly(tools: Tools, { execution, answer, by }: DirectEvent): Promise<Outcome> {
  if (!isAnswer(answer)) throw new Error(`answer must be one of ${answers.join(", ")}, got: ${answer}`);
  const open: { id: string; question: Question }[] = [];
  for (const id of await tools.questions.of(execution)) {
    const question = await tools.questions.get(id);
    if (question) open.push({ id, question });
  }
  const [latest] = open.toSorted((one, other) => other.question.asked - one.question.asked);
  if (!latest) return { kind: "unknown" };
  const outcome = await decide(tools, latest.id, answer, by.slice(0, 200));
  log(latest.id, outcome);
  return outcome;
}

const isAnswer = (value: unknown): value is Answer => answers.some((answer) => answer === value);

/** A hash decides nothing. */
const log = (id: string, { kind }: Outcome): void => {
  console.info(`question ${id.slice(0, 12)}: ${kind}`);
};
