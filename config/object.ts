import { z } from "zod";

/** An object with these keys and no other. */
export const object = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.strictObject(shape, "must be an object");
