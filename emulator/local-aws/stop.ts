import { stopKept } from ".";
import { exitWith } from "../../tools/exit";

/** `npm stop` */
exitWith(async () => {
  console.log(
    (await stopKept()) ? "Local AWS is stopped; its state is gone with it" : "No local AWS was left up",
  );
  return 0;
});
