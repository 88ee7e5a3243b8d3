import { GetParameterCommand } from "@aws-sdk/client-ssm";
import { SignatureV4 } from "@smithy/signature-v4";
import { inferenceApiNames } from "../../../core/inference-api-names";
import { localInvokeUrl } from "../../../tools/local-aws/invoke-url";
import { textAt } from "../accounts";
import { assertThat } from "../stage";
import type { WorkflowAct } from "./context";

export interface ServedByApi {
  readonly url: string;
  readonly rows: number;
}

/** The API, asked with the held-out rows and a signature, must answer as batch transform did in that run, to the last digit. */
export async function askApi(act: WorkflowAct, predictions: string): Promise<ServedByApi> {
  const { estate, participants, stages, clients, dataBucket, ssm } = act;
  const { model, environment } = participants;
  return stages.run(
    `The API of ${model.name} in ${environment.name} answers as batch transform did`,
    async () => {
      const { parameter: Name } = inferenceApiNames(estate.shared.project, model.name);
      const { Parameter: { Value: url = "" } = {} } = await ssm.send(new GetParameterCommand({ Name }));
      const rows = await textAt(
        clients.s3,
        `s3://${dataBucket}/${model.name}/data/held-out/${model.name}.csv`,
      );
      const answered = linesOf(await post(act, url, rows));
      const batch = linesOf(await textAt(clients.s3, predictions));
      assertThat(
        batch.length > 0 && answered.join("\n") === batch.join("\n"),
        `${answered.length} answers, the first ${answered[0] ?? "none"}; batch transform: ${batch.length}, ${batch[0] ?? "none"}`,
      );
      return {
        verdict: `all ${batch.length} rows, digit for digit, at ${url}`,
        result: { url, rows: batch.length },
      };
    },
  );
}

async function post({ access, localAws, ssm }: WorkflowAct, address: string, body: string): Promise<string> {
  const url = localInvokeUrl(address, localAws.endpoint);
  const { protocol, hostname, host, pathname: path } = new URL(url);
  const signer = new SignatureV4({
    ...{ service: "execute-api", region: access.region, credentials: access.credentials },
    sha256: ssm.config.sha256,
  });
  const headers = { "content-type": "text/csv", host };
  const { headers: signed } = await signer.sign({ method: "POST", protocol, hostname, path, body, headers });
  const answer = await fetch(url, { method: "POST", body, headers: signed });
  const text = await answer.text();
  assertThat(answer.ok, `The API answered ${answer.status}: ${text}`);
  return text;
}

const linesOf = (text: string): string[] => text.split(/\r?\n/).filter((line) => line.trim() !== "");
