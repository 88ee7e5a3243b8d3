import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { SFNClient } from "@aws-sdk/client-sfn";
import { oneAttempt, tellWorkflow } from "../../../../lambdas/approval/tell-workflow";

test("defect: a workflow is told once: a retry after an answer that was lost would hear that nobody waits", async () => {
  let asked = 0;
  const server = createServer((request) => {
    asked++;
    request.socket.destroy();
  }).listen(0, "127.0.0.1");
  try {
    await new Promise((resolve) => server.once("listening", resolve));
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const credentials = { accessKeyId: "a", secretAccessKey: "b" };
    const states = new SFNClient({ ...oneAttempt, endpoint, region: "us-east-1", credentials });
    await expect(tellWorkflow(states, "token", { answer: "approved" })).rejects.toThrow();
    expect(asked).toBe(1);
  } finally {
    server.close();
  }
});
