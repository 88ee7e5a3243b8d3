import {
  CloudWatchLogsClient,
  CreateLogStreamCommand,
  PutLogEventsCommand,
  ResourceAlreadyExistsException,
  ResourceNotFoundException,
} from "@aws-sdk/client-cloudwatch-logs";
import { mockClient } from "aws-sdk-client-mock";
import { LogStream, type Destination } from "../../../jenkins/logged/log-stream";

const logs = mockClient(CloudWatchLogsClient);
beforeEach(() => {
  logs.reset();
});

const destination: Destination = {
  account: "prod (222222222222)",
  group: "jenkins-log",
  stream: "mlops/7",
  open: () => Promise.resolve(new CloudWatchLogsClient({})),
};
const line = (message: string) => ({ timestamp: 1, message });
const sent = (): unknown[] => logs.commandCalls(PutLogEventsCommand).map((call) => call.args[0].input);

describe("LogStream", () => {
  test("makes its stream once and sends what was added", async () => {
    const stream = new LogStream(destination);
    stream.add(line("a"));
    await stream.flush();
    stream.add(line("b"));
    await stream.flush();
    expect(logs.commandCalls(CreateLogStreamCommand)).toHaveLength(1);
    const place = { logGroupName: "jenkins-log", logStreamName: "mlops/7" };
    expect(sent()).toEqual([
      { ...place, logEvents: [line("a")] },
      { ...place, logEvents: [line("b")] },
    ]);
    expect(stream.missing).toBeUndefined();
  });

  test("goes on with the stream that plan made when apply runs in the same build", async () => {
    logs
      .on(CreateLogStreamCommand)
      .rejects(new ResourceAlreadyExistsException({ message: "there", $metadata: {} }));
    const stream = new LogStream(destination);
    stream.add(line("a"));
    await stream.flush();
    expect(sent()).toHaveLength(1);
  });

  test("opens nothing while there is nothing to send", async () => {
    const open = jest.fn(destination.open);
    await new LogStream({ ...destination, open }).flush();
    expect(open).not.toHaveBeenCalled();
  });

  test("tells why lines are missing, and does not try again", async () => {
    logs.on(PutLogEventsCommand).rejects(new Error("no such group"));
    const stream = new LogStream(destination);
    for (const text of ["a", "b"]) {
      stream.add(line(text));
      await stream.flush();
    }
    expect(sent()).toHaveLength(1);
    expect(stream.missing).toBe("lines missing in jenkins-log of prod (222222222222): 2 (no such group)");
  });

  test("a group that is not there is said as AWS says it, and stops nothing", async () => {
    const message = "The specified log group does not exist.";
    logs.on(CreateLogStreamCommand).rejects(new ResourceNotFoundException({ message, $metadata: {} }));
    const stream = new LogStream(destination);
    stream.add(line("a"));
    await stream.flush();
    expect(stream.missing).toBe(`lines missing in jenkins-log of prod (222222222222): 1 (${message})`);
  });

  test("flushes at once go out one after the other", async () => {
    const stream = new LogStream(destination);
    stream.add(line("a"));
    const first = stream.flush();
    stream.add(line("b"));
    await Promise.all([first, stream.flush()]);
    expect(sent()).toMatchObject([{ logEvents: [line("a")] }, { logEvents: [line("b")] }]);
  });
});
