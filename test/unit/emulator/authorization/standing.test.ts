import { Standing, type Told } from "../../../../emulator/authorization/standing";

const [kept, other] = ["arn:aws:iam::111111111111:role/kept", "arn:aws:iam::111111111111:role/other"];
const account = "111111111111";

const text = (action: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: { Effect: "Allow", Action: [action], Resource: ["*"] },
  });

const told = (changed: Partial<Told>): Told => ({ roles: {}, guarded: [], gone: [], ...changed });

const role = (action: string) => ({ policies: [["own", text(action)] as const], boundary: null });

test("what is told adds to what stands, takes the place of what had the same ARN, and takes away what is gone", () => {
  const standing = new Standing();
  const guard = { arn: other, account, policy: text("sts:AssumeRole") };
  standing.update(told({ roles: { [kept]: role("s3:GetObject"), [other]: role("s3:*") }, guarded: [guard] }));
  const before = standing.roleOf(kept);
  standing.update(told({ roles: { [other]: role("sqs:*") } }));
  expect(standing.roleOf(kept)).toBe(before);
  expect(standing.roleOf(other)?.policies[0]?.policy.Statement).toMatchObject([{ Action: ["sqs:*"] }]);
  expect(standing.guardOf(other)).toMatchObject({ account });
  standing.update(told({ gone: [other] }));
  expect([standing.roleOf(other), standing.guardOf(other)]).toEqual([undefined, undefined]);
  expect(standing.roleOf(kept)).toBe(before);
});
