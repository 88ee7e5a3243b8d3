import type { LocalAwsAddress } from "../../../tools/local-aws/address";
import { localInvokeUrl } from "../../../tools/local-aws/invoke-url";

/** What a browser shows. */
export interface ShownPage {
  readonly status: number;
  readonly title: string;
}

/** Opens links and presses buttons, as a person does in a browser. */
export class Browser {
  constructor(private readonly localAws: Pick<LocalAwsAddress, "endpoint">) {}

  open = (link: string): Promise<ShownPage> => this.ask(link, {});

  answer = (link: string, answer: "approved" | "rejected"): Promise<ShownPage> =>
    this.ask(link, { method: "POST", body: new URLSearchParams({ answer }) });

  private async ask(link: string, request: RequestInit): Promise<ShownPage> {
    const answered = await fetch(localInvokeUrl(link, this.localAws.endpoint), request);
    const [, title = ""] = /<h1>(.*?)<\/h1>/.exec(await answered.text()) ?? [];
    return { status: answered.status, title };
  }
}
