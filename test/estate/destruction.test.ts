import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateModelPackageCommand, SageMakerClient } from "@aws-sdk/client-sagemaker";
import { destroyEstate } from "../../deploy/destruction/destroy-estate";
import { contentsOfStacks } from "../../deploy/destruction/state-contents";
import { StackRunner } from "../../deploy/estate/stack-runner";
import { AppliedEstate } from "../support/applied-estate";
import { leftovers } from "./support/leftovers";

const Bucket = "mlops-prod-sagemaker-data-222222222222";
let applied: AppliedEstate;

beforeAll(async () => {
  applied = await AppliedEstate.copy();
  await leaveData();
});
afterAll(() => applied.stop());

/** What AWS lets nobody destroy before it is emptied: versions of objects, and versions of a model. */
async function leaveData(): Promise<void> {
  const s3 = new S3Client({ ...(await applied.access("prod")), forcePathStyle: true });
  for (const Body of ["first", "second"])
    await s3.send(new PutObjectCommand({ Bucket, Key: "rows.csv", Body }));
  await new SageMakerClient(await applied.access("registry")).send(
    new CreateModelPackageCommand({ ModelPackageGroupName: "mammo-severity-model-package" }),
  );
}

test("every stack is destroyed with all it holds, the state buckets last", async () => {
  const { stacks, accounts, estate, runs } = applied;
  expect(await leftovers(applied)).toContain(`prod: ${Bucket}`);
  const ids = stacks.map(({ id }) => id);
  const holdings = await contentsOfStacks(accounts, stacks);
  expect(holdings.map(({ id }) => id)).toEqual(ids);
  const runner = new StackRunner(new AbortController().signal, () => undefined);
  const { destroyed, failures } = await destroyEstate({ estate, runs, accounts, runner, holdings });
  expect(failures).toEqual([]);
  expect(destroyed.toSorted()).toEqual(ids.toSorted());
  expect(await leftovers(applied)).toEqual([]);
});
