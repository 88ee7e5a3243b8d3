import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import type { StateJson } from "../../deploy/terraform/state-json";
import { AppliedEstate } from "../support/applied-estate";
import { mlops } from "../support/mlops";

const stack = "prod-mammo-severity";
const object = {
  Bucket: "mlops-prod-terraform-state-222222222222",
  Key: `${stack}/terraform.tfstate`,
};
const provider = 'provider["localhost:8443/evil/evil"]';
let applied: AppliedEstate;

beforeAll(async () => {
  applied = await AppliedEstate.copy();
  const s3 = new S3Client({ ...(await applied.access("prod")), forcePathStyle: true });
  const { Body } = await s3.send(new GetObjectCommand(object));
  const state = JSON.parse((await Body?.transformToString()) ?? "") as StateJson;
  const evil = { mode: "managed", type: "evil_thing", name: "x", provider, instances: [{ attributes: {} }] };
  const resources = [...state.resources, evil];
  await s3.send(new PutObjectCommand({ ...object, Body: JSON.stringify({ ...state, resources }) }));
});
afterAll(() => applied.stop());

test.each([["plan"], ["drift"]])(
  "mlops %s runs nothing of a state that names a provider of somebody else's, and says which",
  async (command) => {
    const { exitCode, stderr } = await mlops([command, stack], { environments: "test/fixtures/estate" });
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`The state of ${stack} names providers that are not this estate's`);
    expect(stderr).toContain(`evil_thing.x is of ${provider}`);
    expect(stderr).not.toContain("terraform init");
  },
);
