import { listenForInterrupt, type Interruption } from "../../../tools/interrupt";

let interruption: Interruption;
const onFirst = jest.fn();
const exit = jest.spyOn(process, "exit");

beforeEach(() => {
  jest.useFakeTimers();
  exit.mockReset().mockImplementation(() => undefined as never);
  interruption = listenForInterrupt(onFirst.mockClear());
});
afterEach(() => {
  interruption.release();
  jest.useRealTimers();
});
afterAll(() => {
  exit.mockRestore();
});

test("one Ctrl-C that arrives twice, as npm passes it on, asks for an orderly end", () => {
  process.emit("SIGINT");
  jest.setSystemTime(Date.now() + 1_000);
  process.emit("SIGINT");
  expect(interruption.signal.aborted).toBe(true);
  expect(onFirst).toHaveBeenCalledTimes(1);
  expect(exit).not.toHaveBeenCalled();
});

test("a second Ctrl-C ends the process at once", () => {
  process.emit("SIGINT");
  jest.setSystemTime(Date.now() + 1_001);
  process.emit("SIGTERM");
  expect(exit).toHaveBeenCalledWith(130);
});
