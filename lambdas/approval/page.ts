import { createHash } from "node:crypto";
import { escapeMarkup } from "../../core/escape-markup";
import type { Evaluation } from "../evaluation/evaluate";
import type { Outcome } from "./decide";
import type { Question } from "./questions";

/** What API Gateway sends to a browser. */
export interface Page {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const style =
  "body{font:16px/1.5 system-ui,sans-serif;max-width:42rem;margin:3rem auto;padding:0 1rem}" +
  "table{border-collapse:collapse;margin:1rem 0}td,th{border:1px solid #ccc;padding:.3rem .7rem;text-align:left}" +
  "form{display:inline}button{font:inherit;padding:.5rem 1.2rem;margin-right:1rem}";

/** Nothing runs, nothing is loaded, no other page frames this one, and none that it leads to hears of its address. */
const headers = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  "content-security-policy":
    `default-src 'none'; style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'; ` +
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  "referrer-policy": "no-referrer",
  "strict-transport-security": "max-age=31536000",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "x-robots-tag": "noindex",
};

const page = (statusCode: number, title: string, ...parts: readonly string[]): Page => ({
  statusCode,
  headers,
  body:
    `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
    `<title>${escapeMarkup(title)}</title><style>${style}</style><h1>${escapeMarkup(title)}</h1>${parts.join("")}</html>`,
});

const paragraph = (text: string): string => `<p>${escapeMarkup(text)}</p>`;

const row = (cells: readonly string[], tag = "td"): string =>
  `<tr>${cells.map((cell) => `<${tag}>${escapeMarkup(cell)}</${tag}>`).join("")}</tr>`;

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  `<table>${row(heads, "th")}${rows.map((cells) => row(cells)).join("")}</table>`;

/** The question, with two buttons; only these, which post, decide. */
export function questionPage(question: Question, evaluation: Evaluation | undefined): Page {
  const { execution, metrics, expires } = question;
  const button = (answer: string, label: string): string =>
    `<form method="post"><input type="hidden" name="answer" value="${answer}"><button>${label}</button></form>`;
  return page(
    200,
    "May this model serve?",
    paragraph(`Run: ${execution}`),
    table(
      ["Metric", "Value"],
      Object.entries(metrics).map(([name, value]) => [name, String(value)]),
    ),
    evaluation ? look(evaluation) : "",
    paragraph(`Whoever has this page's address may answer, once, until ${timeOf(expires)}.`),
    button("approved", "Approve"),
    button("rejected", "Reject"),
  );
}

const look = ({ examples }: Evaluation): string =>
  table(
    ["Held-out row", "Is", "Predicted"],
    examples.map((cells) => cells.map((cell) => shortened(String(cell)))),
  );

/** A container may predict what it likes, and a page of more than 6 MB would be none. */
const shortened = (text: string): string => (text.length > 200 ? `${text.slice(0, 200)}…` : text);

/** What a decision came to. */
export function outcomePage(outcome: Outcome): Page {
  switch (outcome.kind) {
    case "decided":
      return outcome.answer === "approved"
        ? page(200, "Approved", paragraph("The model will serve in some minutes; a message will tell."))
        : page(200, "Rejected", paragraph("Nothing changes; what served before serves on."));
    case "answered":
      return page(
        200,
        "This question is answered",
        paragraph(
          `It was ${String(outcome.question.answer)} at ${timeOf(outcome.question.answeredAt ?? 0)}.`,
        ),
      );
    case "uncertain":
      return page(
        504,
        "It is not known whether this is decided",
        paragraph(
          `An answer was sent (${String(outcome.question.tried)}), and the run did not say that it has arrived. ` +
            "Where it has, the run goes on with it. Where it has not, this page asks again: answer in a minute; one answer counts.",
        ),
        paragraph(`What the run does: npx mlops workflows show ${outcome.question.execution}`),
      );
    case "expired":
      return page(410, "This link has expired", paragraph("Nobody answered in time; nothing was deployed."));
    case "gone":
      return page(
        410,
        "Nobody waits for an answer any more",
        paragraph("The run has ended, or was stopped."),
      );
    case "busy":
      return page(409, "Somebody answers just now", paragraph("Load this page again in a minute."));
    case "unknown":
      return page(404, "There is no such question", paragraph("The link is not whole, or too old."));
    case "failed":
      return failurePage();
  }
}

export const failurePage = (): Page =>
  page(503, "That did not work", paragraph("Nothing was decided. Please try again in a minute."));

export const refusalPage = (statusCode: number, rule: string): Page =>
  page(statusCode, "Nothing was decided", paragraph(rule));

const timeOf = (seconds: number): string =>
  `${new Date(seconds * 1000).toISOString().slice(0, 16).replace("T", " ")} UTC`;
