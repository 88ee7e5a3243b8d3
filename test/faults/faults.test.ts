import { awsErrorStacks, survivesErrorsOfAws } from "./support/aws-errors";
import { interruptedStacks, survivesInterrupts } from "./support/interrupts";
import { killedStacks, survivesKills } from "./support/killed-runs";
import { FaultPlace } from "./support/place";
import { refusedStacks, refusesWhatDiffers } from "./support/refusals";
import { contestedStacks, keepsAppliesApart } from "./support/two-applies";

jest.setTimeout(300_000);

let place: FaultPlace;

beforeAll(async () => {
  place = await FaultPlace.withStacks([
    ...awsErrorStacks,
    ...killedStacks,
    ...contestedStacks,
    ...interruptedStacks,
    ...refusedStacks,
  ]);
});
afterAll(() => place.stop());

// Side by side: Terraform mostly waits.
survivesErrorsOfAws(() => place);
survivesKills(() => place);
keepsAppliesApart(() => place);
survivesInterrupts(() => place);
refusesWhatDiffers(() => place);
