import { ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { mockClient } from "aws-sdk-client-mock";
import { Accounts } from "../../../../deploy/access/accounts";
import { stacksByState } from "../../../../deploy/estate/without-state";
import { models } from "../../../../pipelines";
import { readEstate } from "../../../../stacks/known";
import { listStacks } from "../../../../stacks/list";
import { estateFolder } from "../../../support/environments";
import { mockSts } from "../../../support/sts";

const estate = readEstate(estateFolder, models);
const stacks = listStacks(estate, models).filter(({ environment }) =>
  ["dev", "prod"].includes(environment.name),
);
const ids = stacks.map(({ id }) => id);
const s3 = mockClient(S3Client);
const dev = { Bucket: "mlops-dev-terraform-state-111111111111" };
const failing = (name: string) => Object.assign(new Error("no"), { name });

beforeEach(() => {
  mockSts();
  s3.reset();
  s3.on(ListObjectsV2Command).resolves({});
});

const sorted = async () => {
  const { ready, without } = await stacksByState(estate, new Accounts(estate), stacks);
  return { ready: ready.map(({ id }) => id), without };
};

test("stacks of an account without a state bucket are left out, with the command that makes it", async () => {
  s3.on(ListObjectsV2Command, dev).rejects(failing("NoSuchBucket"));
  const { ready, without } = await sorted();
  expect(ready).toEqual(ids.filter((id) => id.startsWith("prod-")));
  expect(without.map(({ stack }) => stack)).toEqual(ids.filter((id) => id.startsWith("dev-")));
  expect(new Set(without.map(({ reason }) => reason))).toEqual(
    new Set(["account 111111111111 has no state bucket yet: mlops bootstrap dev"]),
  );
});

test("whatever else is wrong with a bucket is for Terraform to say", async () => {
  s3.on(ListObjectsV2Command, dev).rejects(failing("AccessDenied"));
  expect(await sorted()).toEqual({ ready: ids, without: [] });
});

test("each account is asked once", async () => {
  await sorted();
  expect(s3.commandCalls(ListObjectsV2Command)).toHaveLength(2);
});

test.each(["PermanentRedirect", "AuthorizationHeaderMalformed"])(
  "another region is no place where the estate would be made once more (%s)",
  async (name) => {
    s3.on(ListObjectsV2Command, dev).rejects(failing(name));
    const { ready, without } = await sorted();
    expect(ready).toEqual(ids.filter((id) => id.startsWith("prod-")));
    expect(new Set(without.map(({ reason }) => reason))).toEqual(
      new Set([
        "the state bucket of account 111111111111 is not in us-east-1: an environment stays in its region. Take that back; " +
          "to move, mlops destroy dev in the old region first",
      ]),
    );
  },
);
