import { outOfOrder, refusal, reset, throttling } from "../support/wire/faults";
import { mlops } from "../support/mlops";
import { Deployment, edited, pendingIn } from "./support/deployment";
import { outcomesOf } from "../support/deployment";
import type { WireRequest } from "../support/wire/request";
import { SmallStacks } from "./support/small-stacks";

/** Without it the provider tries 25 times, with pauses of up to 20 seconds. */
const fewRetries = edited(({ provider }) => {
  Object.assign(provider.aws[0], { max_retries: 2 });
});

let small: SmallStacks;

beforeAll(async () => {
  small = await SmallStacks.start(["throttled", "refused", "neighbour", "unwell"]);
});
afterAll(() => small.stop());

test.concurrent("throttling, 5xx and broken connections are retried until the apply converges", async () => {
  const { wire } = small;
  const session = "throttled";
  const ours = "mlops-moto"; // called after the caller, in every account
  const { account } = small.stack(session).environment;
  const where = ({ role }: WireRequest) => role?.includes(account) === true;
  wire.fail({ session, service: "sts" }, reset, 1);
  wire.fail({ session, action: "CreateRole" }, throttling, 2);
  wire.fail({ session, action: "GetRole" }, outOfOrder, 1);
  wire.fail({ session, action: "CreateInstanceProfile" }, reset, 1);
  wire.fail({ session, action: /^PUT .*tflock/ }, outOfOrder, 1);
  wire.fail({ session, action: /^PUT .*tfstate\?/ }, throttling, 1);
  wire.fail({ session: ours, where, action: "GetCallerIdentity" }, throttling, 1);
  wire.fail({ session: ours, where, action: /^GET .*tflock$/ }, outOfOrder, 1);
  expect(await new Deployment(small, [session]).deploy()).toEqual({ throttled: "applied" });
  expect([wire.pending(session), wire.pending(ours)]).toEqual([0, 0]);
  expect(await pendingIn(small, [session])).toEqual([]);
});

test.concurrent("an error that stays stops its stack alone; a re-run does only what is left", async () => {
  const { wire, environments } = small;
  await small.beginState("refused");
  const deployment = new Deployment(small, ["refused", "neighbour"]);
  await deployment.plan();
  wire.fail(
    { session: "refused", action: "CreateRole" },
    refusal("AccessDenied", "not authorized to perform"),
  );
  const from = ["apply", "--from", deployment.folder.path];
  const { exitCode, stdout, stderr } = await mlops(from, { environments });
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/refused failed: .*CreateRole.*AccessDenied: not authorized to perform/s);
  expect(stdout).toMatch(/^neighbour +applied +2/m);
  expect(stdout).toContain("Failed; not applied as planned: refused");
  wire.heal("refused");
  const before = wire.seen({ session: "neighbour" }).length;
  expect(outcomesOf(await deployment.apply())).toEqual({ refused: "applied", neighbour: "before" });
  expect(wire.seen({ session: "neighbour" })).toHaveLength(before);
});

test.concurrent("AWS that stays out of order stops the stack, in AWS's words", async () => {
  const { wire } = small;
  const deployment = new Deployment(small, ["unwell"]);
  await deployment.plan(fewRetries);
  wire.fail({ session: "unwell", action: "CreateRole" }, outOfOrder);
  const [outcome] = await deployment.apply({}, fewRetries);
  expect(outcome).toMatchObject({ stack: "unwell", outcome: "failed" });
  expect(outcome?.reason).toMatch(
    /CreateRole.*StatusCode: 500.*InternalFailure: We encountered an internal error/s,
  );
  expect(wire.seen({ session: "unwell", action: "CreateRole" }).length).toBeGreaterThan(1);
  expect(await (await small.stateOf("unwell")).lock()).toBeUndefined();
});
