import { TerraformError } from "../../../../deploy/terraform/process";
import { letGoMeanwhile, takingLock } from "../../../../deploy/terraform/state-lock";
import { applyPlan } from "../../../../deploy/terraform/terraform";
import { failed, FakeTerraform } from "./support/fake-terraform";

/** As Terraform 1.11.4 says it of a bucket that answers 412 to its PutObject and 404 to its GetObject. */
const summary = "Error acquiring the state lock";
const held =
  "Error message: operation error S3: PutObject, https response error StatusCode: 412, RequestID: R1, HostID: , api error PreconditionFailed: At least one of the pre-conditions you specified did not hold\n";
const gone =
  "unable to retrieve file from S3 bucket 'states' with key 'raced.tfstate.tflock': operation error S3: GetObject, https response error StatusCode: 404, RequestID: R2, HostID: , NoSuchKey: \n";
const advice =
  '\nTerraform acquires a state lock to protect the state from being written\nby multiple users at the same time. Please resolve the issue above and try\nagain. For most commands, you can disable locking with the "-lock=false"\nflag, but this is not recommended.';
const lock =
  "Lock Info:\n  ID:        6e8a\n  Path:      states/raced.tfstate\n  Operation: OperationTypeApply\n";

const reason = `${summary}\n${held}${gone}${advice}`;

test("a lock that was let go before its holder was read is told from all else", () => {
  expect(letGoMeanwhile(reason)).toBe(true);
  expect(letGoMeanwhile(`${summary}\n${held}${lock}${advice}`)).toBe(false);
  expect(letGoMeanwhile(`${summary}\n${gone}${advice}`)).toBe(false);
  const refused = gone.replace("404", "403").replace("NoSuchKey: ", "api error AccessDenied: no");
  expect(letGoMeanwhile(`${summary}\n${held}${refused}${advice}`)).toBe(false);
  expect(letGoMeanwhile(`aws_s3_object.o: reading\n${gone}`)).toBe(false);
});

const running = (fake: FakeTerraform, script: string) =>
  applyPlan(fake.options(`echo "$*" >> $here/runs\n${script}`), { file: "plan", journal: fake.journal });
const runsOf = (fake: FakeTerraform): string[] => fake.read("runs").trim().split("\n");

test("an apply is begun again where the lock was let go meanwhile, and waits no longer for that", async () => {
  const fake = new FakeTerraform();
  const summary = await running(
    fake,
    `[ $(wc -l < $here/runs) = 1 ] && { cat <<'END'\n${failed("Error acquiring the state lock", `${held}${gone}${advice}`)}\nEND\nexit 1; }
echo '{"type":"change_summary","changes":{"add":1,"change":0,"import":0,"remove":0,"operation":"apply"}}'`,
  );
  expect(summary).toMatchObject({ add: 1 });
  expect(runsOf(fake)).toEqual([
    "apply -json -input=false -lock-timeout=60s plan",
    expect.stringMatching(/^apply -json -input=false -lock-timeout=\d+s plan$/),
  ]);
});

test("an apply that fails otherwise is not begun again", async () => {
  const fake = new FakeTerraform();
  await expect(
    running(fake, `cat <<'END'\n${failed(summary, `${held}${lock}`)}\nEND\nexit 1`),
  ).rejects.toThrow("OperationTypeApply");
  expect(runsOf(fake)).toHaveLength(1);
});

test("a lock that is never to be had is waited for as long as one whose holder is known", async () => {
  const times = [0, 0, 25_000, 59_500, 60_100];
  const options: string[] = [];
  const error = new TerraformError("apply", "raced", [reason]);
  const taking = takingLock(
    (option) => {
      options.push(option);
      return Promise.reject(error);
    },
    () => times.shift() ?? Infinity,
  );
  await expect(taking).rejects.toBe(error);
  expect(options).toEqual(["60s", "35s", "1s", "0s"].map((left) => `-lock-timeout=${left}`));
});
