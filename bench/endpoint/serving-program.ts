import { spawn, type ChildProcess } from "node:child_process";
import { request, type Agent } from "node:http";
import { text } from "node:stream/consumers";
import { join } from "node:path";
import { endProcess } from "../../tools/end-process";
import { repository } from "../../tools/paths";
import { poll } from "../../tools/poll";

const startMilliseconds = 60_000;
const endMilliseconds = 5_000;

/** What local AWS runs behind an endpoint, by itself. */
export class ServingProgram {
  private constructor(
    private readonly process: ChildProcess,
    private readonly socket: string,
  ) {}

  /** @param folder has the model in its folder `model` @throws Error where it does not come up */
  static async start(python: string, folder: string): Promise<ServingProgram> {
    const socket = join(folder, "socket");
    const env = {
      ...process.env,
      PYTHONPATH: join(repository, "emulator/containers"),
      PYTHONDONTWRITEBYTECODE: "1",
      IMAGE_VERSION: "3.0-5",
      ML_ROOT: folder,
      SERVING_SOCKET: socket,
    };
    const program = new ServingProgram(
      spawn(python, ["-m", "xgboost_image", "serve"], { env, stdio: "ignore" }),
      socket,
    );
    const answers = () =>
      program.ask("GET", "/ping").then(
        () => true,
        () => undefined,
      );
    if (await poll(answers, { everyMilliseconds: 50, withinMilliseconds: startMilliseconds })) return program;
    await program.stop();
    throw new Error("the serving program does not answer");
  }

  /** @throws Error for an answer that is no score */
  async score(row: string, agent: Agent): Promise<void> {
    const answer = await this.ask("POST", "/invocations", row, agent);
    if (answer.trim() === "" || Number.isNaN(Number(answer)))
      throw new Error(`the serving program must answer with a score, got: ${answer}`);
  }

  stop(): Promise<void> {
    return endProcess(this.process, endMilliseconds);
  }

  private ask(method: string, path: string, body = "", agent?: Agent): Promise<string> {
    return new Promise((resolve, reject) => {
      const headers = { "Content-Type": "text/csv", Accept: "text/csv", "Content-Length": body.length };
      const options = { socketPath: this.socket, method, path, headers, ...(agent && { agent }) };
      request(options, (response) => {
        text(response).then(resolve, reject);
      })
        .on("error", reject)
        .end(body);
    });
  }
}
