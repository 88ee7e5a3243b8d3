import { sessionNameOf } from "../../../../deploy/access/caller";

test.each([
  ["arn:aws:iam::111111111111:user/team/eve", "mlops-eve"],
  ["arn:aws:sts::111111111111:assumed-role/AWSReservedSSO_Data_1f/eve@example.com", "mlops-eve@example.com"],
  ["arn:aws:iam::111111111111:root", "mlops-root"],
  ["arn:aws:sts::111111111111:federated-user/é ve", "mlops---ve"],
  [`arn:aws:iam::111111111111:user/${"e".repeat(64)}`, `mlops-${"e".repeat(58)}`],
  [undefined, "mlops-unknown"],
])("a session of %s is called %s", (caller, name) => {
  expect(sessionNameOf(caller)).toBe(name);
});
